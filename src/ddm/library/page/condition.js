"use strict";
// The condition language of templates and library, as `ddm.language.expressions` has it: text -> function of a record's
// values. A comparison is false where a value is unknown or of another kind; a slip throws an Error with a sentence.
const condition = (() => {
  const NAME = /^[A-Za-z][\p{L}\p{N}_-]*(\.[A-Za-z][\p{L}\p{N}_-]*)*/u, AMOUNT = /^-?[0-9]{1,15}(\.[0-9]{1,9})?(\s*(%|px\b|deg\b)|[a-zA-Z]{1,8})?/;
  const SIGNS = /^(\.\.|[(){},=])/, STRING = /^'((?:[^']|'')*)'/;
  const ORDER = ["lt", "le", "gt", "ge"], OPERATORS = ["=", "ne", ...ORDER, "has", "lacks", "contains"], WORDS = ["and", "or", "not", "in", "is", ...OPERATORS];
  const near = (a, b) => Math.abs(a - b) <= 1e-9;
  const NUMBERS = { "=": near, ne: (a, b) => !near(a, b), lt: (a, b) => a < b, le: (a, b) => a <= b, gt: (a, b) => a > b, ge: (a, b) => a >= b };
  const folded = (text) => text.toLowerCase().replaceAll("ς", "σ");
  const TEXTS = { "=": (a, b) => a === b, ne: (a, b) => a !== b, has: (a, b) => a.includes(b), lacks: (a, b) => !a.includes(b), contains: (a, b) => folded(a).includes(folded(b)) };
  const is = (set, word) => (word === "none" ? set.length === 0 : set.length === 1 && set[0] === word);
  const SETS = { "=": is, ne: (a, b) => !is(a, b), has: (a, b) => a.includes(b), lacks: (a, b) => !a.includes(b) };

  function split(text) {
    const found = [];
    for (let at = 0; at < text.length;) {
      const rest = text.slice(at), space = /^\s+/.exec(rest);
      if (space) { at += space[0].length; continue; }
      const [kind, match] = [["string", STRING.exec(rest)], ["name", NAME.exec(rest)], ["amount", AMOUNT.exec(rest)], ["sign", SIGNS.exec(rest)]].find(([, one]) => one) || [];
      if (!match) throw new Error(`'${rest[0]}' at ${at + 1} cannot be read`);
      found.push({ kind: kind === "name" && WORDS.includes(match[0]) ? "sign" : kind, text: match[0], at });
      at += match[0].length;
    }
    return found;
  }

  const plain = (text) => parseFloat(text) / (text.trim().endsWith("%") ? 100 : 1);
  const word = (token) => (token.kind === "string" ? token.text.slice(1, -1).replaceAll("''", "'") : token.text);

  function parsed(text) {
    const tokens = split(text);
    let at = 0;
    const seen = (sign) => tokens[at]?.kind === "sign" && tokens[at].text === sign;
    const eat = (sign) => seen(sign) && Boolean(++at);
    const want = (kind, what) => {
      const token = tokens[at++];
      if (!token || !kind.includes(token.kind)) throw new Error(token ? `${what} is wanted at ${token.at + 1}, not '${token.text}'` : `${what} is wanted at the end`);
      return token;
    };
    const close = (sign) => { if (!eat(sign)) want([], `'${sign}'`); };
    const many = (join, part, all) => { const parts = [part()]; while (eat(join)) parts.push(part()); return (row) => (all ? parts.every((one) => one(row)) : parts.some((one) => one(row))); };
    const either = () => many("or", both, false);
    const both = () => many("and", negated, true);
    function negated() {
      if (eat("not")) { const part = negated(); return (row) => !part(row); }
      if (eat("(")) { const part = either(); close(")"); return part; }
      return test(want(["name"], "the name of an attribute").text);
    }
    function test(name) {
      if (eat("is")) {
        const known = want(["name"], "known or unknown").text;
        if (!["known", "unknown"].includes(known)) throw new Error(`'${name} is ${known}' should end with known or unknown`);
        return (row) => (row(name) === null) === (known === "unknown");
      }
      if (eat("in")) return seen("{") ? among(name) : within(name);
      const operator = OPERATORS.find(eat);
      return operator ? compared(name, operator, want(["amount", "string", "name"], "a number or a word")) : (row) => row(name) === true;
    }
    function within(name) {
      const low = want(["amount"], "a number");
      close("..");
      const high = want(["amount"], "a number"), [from, to] = [plain(low.text), plain(high.text)], round = from > to && /deg/.test(low.text + high.text);
      return (row) => typeof row(name) === "number" && (round ? row(name) >= from || row(name) <= to : row(name) >= from && row(name) <= to);
    }
    function among(name) {
      const words = [];
      do { eat("{"); words.push(word(want(["string", "name"], "a word"))); } while (eat(","));
      close("}");
      return (row) => words.some((one) => decided(row(name), "=", one));
    }
    function compared(name, operator, right) {
      if (right.kind === "amount") return (row) => typeof row(name) === "number" && (NUMBERS[operator]?.(row(name), plain(right.text)) ?? false);
      const other = right.kind === "name" && (ORDER.includes(operator) || (["=", "ne"].includes(operator) && right.text.includes(".")));
      return other ? (row) => typeof row(name) === typeof row(right.text) && decided(row(name), operator, row(right.text)) : (row) => decided(row(name), operator, word(right));
    }
    const found = either();
    if (at < tokens.length) throw new Error(`'${tokens[at].text}' at ${tokens[at].at + 1} comes after the end: 'and' or 'or' is missing`);
    return found;
  }

  function decided(value, operator, right) {
    if (typeof value === "number") return typeof right === "number" && (NUMBERS[operator]?.(value, right) ?? false);
    if (Array.isArray(value)) return typeof right === "string" && (SETS[operator]?.(value, right) ?? false);
    return typeof value === "string" && typeof right === "string" && (TEXTS[operator]?.(value, right) ?? false);
  }
  return parsed;
})();
