"""The text of a condition into its tree, by a small LALR grammar; what cannot be read has a column."""

from __future__ import annotations

import re
from typing import cast

from lark import Lark, Token, Transformer, UnexpectedInput

from ddm.errors import InputError
from ddm.language.conditions.terms import NAME, WORDY, All, Amount, Any, Condition, Not, Test, means_name

GRAMMAR = rf"""
?start: either
?either: both ("or" both)*
?both: negated ("and" negated)*
?negated: "not" negated -> negation | "(" either ")" | condition
condition: NAME "in" AMOUNT ".." AMOUNT -> within
         | NAME "in" "{{" word ("," word)* "}}" -> among
         | NAME "is" KNOWN -> known
         | NAME OPERATOR AMOUNT -> compare
         | NAME OPERATOR STRING -> compare_word
         | NAME OPERATOR NAME -> compare_name
         | NAME -> flag
word: STRING | NAME
OPERATOR: "=" | "ne" | "lt" | "le" | "gt" | "ge" | {" | ".join(f'"{word}"' for word in WORDY)}
KNOWN: "known" | "unknown"
AMOUNT: /-?[0-9]{{1,15}}(\.[0-9]{{1,9}})?(\s*(%|px\b|deg\b)|[a-zA-Z]{{1,8}})?/
STRING: /'([^']|'')*'/
NAME: /{NAME}/
%ignore /\s+/
"""

MAX_LENGTH = 2_000  # longer conditions are not written by people
MAX_NESTING = 30  # brackets and nots; bounds every walk over a condition, and the library's SQL reads 40
SUCH_AS = "such as: subject.area in 10%..45% and scene.kind = studio"
MEANT = {
    "<=": "le", ">=": "ge", "==": "=", "!=": "ne", "<>": "ne", "&&": "and", "||": "or",
    "<": "lt", ">": "gt", "&": "and", "|": "or", "!": "not", '"': "'",
}  # fmt: skip
"""What people write who come from other languages, longer signs first -> what it is here."""


class ConditionError(InputError):
    """A condition that cannot be read. column: inside its text, from 1; one past the end where something is missing."""

    def __init__(self, what: str, where: str = "", mend: str = "", column: int = 1) -> None:
        super().__init__(what, where, mend)
        self.column = column


def position(error: BaseException) -> int | None:
    """The column inside the condition's text, from 1; None for any other error."""
    return error.column if isinstance(error, ConditionError) else None


class _Build(Transformer[Token, Condition]):
    def either(self, parts: list[Condition]) -> Any:
        return Any(tuple(parts))

    def both(self, parts: list[Condition]) -> All:
        return All(tuple(parts))

    def negation(self, parts: list[Condition]) -> Not:
        return Not(parts[0])

    def word(self, parts: list[Token]) -> str:
        return _word(parts[0])

    def within(self, parts: list[Token]) -> Test:
        return _test(parts[0], "within", amounts=(_amount(parts[1]), _amount(parts[2])))

    def among(self, parts: list[Token]) -> Test:
        return _test(parts[0], "among", words=tuple(parts[1:]))

    def known(self, parts: list[Token]) -> Test:
        return _test(parts[0], str(parts[1]))

    def compare(self, parts: list[Token]) -> Test:
        return _test(parts[0], str(parts[1]), amounts=(_amount(parts[2]),))

    def compare_word(self, parts: list[Token]) -> Test:
        return _test(parts[0], str(parts[1]), words=(_word(parts[2]),))

    def compare_name(self, parts: list[Token]) -> Test:
        name, operator, right = parts
        if means_name(right, operator):
            return _test(name, str(operator), other=str(right))
        return _test(name, str(operator), words=(str(right),))

    def flag(self, parts: list[Token]) -> Test:
        return _test(parts[0], "flag")


def _test(
    name: Token, operator: str, amounts: tuple[Amount, ...] = (), words: tuple[str, ...] = (), other: str = ""
) -> Test:
    return Test(str(name), operator, amounts, words, other, at=(name.start_pos or 0) + 1)


def _amount(token: Token) -> Amount:
    number = re.match(r"-?[0-9.]+", token)
    assert number is not None  # the grammar's own pattern
    return Amount(float(number[0]), token[number.end() :].strip())


def _word(token: Token) -> str:
    return token[1:-1].replace("''", "'") if token.type == "STRING" else str(token)


_PARSER = Lark(GRAMMAR, parser="lalr", transformer=_Build())


def parse(text: str, where: str = "") -> Condition:
    """The condition that `text` says. ConditionError with the column inside the text where it cannot be read."""
    if len(text) > MAX_LENGTH:
        raise ConditionError(f"condition longer than {MAX_LENGTH} characters", where, "say it more simply", MAX_LENGTH)
    nested = [found.end() for found in re.finditer(r"'[^']*'|(\(|\bnot\b)", text) if found[1]]
    if len(nested) > MAX_NESTING:
        what = f"condition with more than {MAX_NESTING} brackets and nots"
        raise ConditionError(what, where, "say it more simply", nested[MAX_NESTING])
    try:
        return cast(Condition, cast(object, _PARSER.parse(text)))
    except UnexpectedInput as error:
        column = _column(error, text)
        what = f"cannot read the condition '{text}' at its column {column}"
        raise ConditionError(what, where, _mend(text, column), column) from None


def _column(error: UnexpectedInput, text: str) -> int:
    """Counted in characters from the start of the text, whatever lines it has."""
    at_end = getattr(getattr(error, "token", None), "type", "") == "$END"  # Lark names the token before the end
    return len(text) + 1 if at_end or error.pos_in_stream is None else error.pos_in_stream + 1


def _mend(text: str, column: int) -> str:
    """What a foreign sign would be here; the fault may lie in its second character."""
    starts = [column - 2, column - 1] if column > 1 else [0]
    slip = next((sign for sign in MEANT for at in starts if text.startswith(sign, at)), None)
    return f"write {MEANT[slip]} for {slip}, {SUCH_AS}" if slip else SUCH_AS
