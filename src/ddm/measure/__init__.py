"""creative -> scores of native look, judged on its pixels and its plain SVG."""

from ddm.measure.evidence import Context
from ddm.measure.material import Use, context_of
from ddm.measure.reading import Reader, reader
from ddm.measure.scores import TABLE, Measure, Scores, measure

__all__ = ["TABLE", "Context", "Measure", "Reader", "Scores", "Use", "context_of", "measure", "reader"]
