"""Prices as people and machines write them -> Money."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from price_parser import Price

from ddm.acquire.product import Money

UNKNOWN = "XXX"  # ISO 4217: no currency
LARGEST = Decimal(10**10)  # beyond any shop price even in rial or dong: such a number is an article number
_LONGEST = 80  # characters; a longer text is a paragraph, not a price

# One currency each.
SYMBOLS = {
    "€": "EUR", "£": "GBP", "₹": "INR", "zł": "PLN", "kč": "CZK", "r$": "BRL", "₽": "RUB", "руб": "RUB", "₺": "TRY",
    "₪": "ILS", "₩": "KRW", "원": "KRW", "ft": "HUF", "lei": "RON", "kn": "HRK", "₸": "KZT", "тг": "KZT", "₴": "UAH",
    "ر.س": "SAR", "د.إ": "AED", "元": "CNY", "円": "JPY", "฿": "THB", "₫": "VND", "rm": "MYR", "nt$": "TWD",
    "hk$": "HKD", "us$": "USD", "a$": "AUD", "au$": "AUD", "c$": "CAD", "ca$": "CAD", "nz$": "NZD", "s$": "SGD",
    "₱": "PHP", "rp": "IDR", "лв": "BGN", "cn¥": "CNY", "jp¥": "JPY", "￥": "CNY", "rmb": "CNY", "euro": "EUR",
}  # fmt: skip
# Several currencies each, the most likely first; the page's place decides.
SHARED = {
    "$": ("USD", "CAD", "AUD", "NZD", "MXN", "ARS", "CLP", "COP", "SGD", "HKD", "TWD"),
    "¥": ("JPY", "CNY"),
    "kr": ("SEK", "NOK", "DKK", "ISK"),
    "rs": ("INR", "PKR", "LKR", "NPR"),
}
_EURO = ("AT", "BE", "CY", "DE", "EE", "ES", "FI", "FR", "GR", "HR", "IE", "IT", "LT", "LU", "LV", "MT", "NL", "PT",
         "SI", "SK", "EU")  # fmt: skip
COUNTRIES = dict.fromkeys(_EURO, "EUR") | {
    "US": "USD", "GB": "GBP", "UK": "GBP", "CN": "CNY", "JP": "JPY", "IN": "INR", "PK": "PKR", "PL": "PLN", "CZ": "CZK",
    "BR": "BRL", "RU": "RUB", "TR": "TRY", "IL": "ILS", "KR": "KRW", "HU": "HUF", "RO": "RON", "KZ": "KZT", "UA": "UAH",
    "SA": "SAR", "AE": "AED", "TH": "THB", "VN": "VND", "MY": "MYR", "TW": "TWD", "HK": "HKD", "AU": "AUD", "CA": "CAD",
    "NZ": "NZD", "SG": "SGD", "PH": "PHP", "ID": "IDR", "BG": "BGN", "SE": "SEK", "NO": "NOK", "DK": "DKK", "IS": "ISK",
    "CH": "CHF", "MX": "MXN", "AR": "ARS", "CL": "CLP", "CO": "COP", "ZA": "ZAR", "LK": "LKR", "NP": "NPR", "EG": "EGP",
}  # fmt: skip
LANGUAGES = {
    "zh": "CNY", "ja": "JPY", "ko": "KRW", "de": "EUR", "fr": "EUR", "it": "EUR", "nl": "EUR", "fi": "EUR", "el": "EUR",
    "pl": "PLN", "cs": "CZK", "sk": "EUR", "hu": "HUF", "ro": "RON", "tr": "TRY", "he": "ILS", "sv": "SEK", "da": "DKK",
    "nb": "NOK", "th": "THB", "vi": "VND", "uk": "UAH", "ru": "RUB", "bg": "BGN", "hi": "INR", "id": "IDR",
}  # fmt: skip
_THREE_DECIMALS = frozenset(["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"])
_CODE = re.compile(r"(?<![A-Za-z])([A-Z]{3})(?![A-Za-z])")
_CODES = frozenset(SYMBOLS.values()) | frozenset(COUNTRIES.values()) | _THREE_DECIMALS
_PLAIN = re.compile(r"\d+(\.\d+)?")
_DECIMALS_ARABIC = str.maketrans("٠١٢٣٤٥٦٧٨٩٫٬", "0123456789.,")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a price was read: the page's language (BCP 47, may be '') and host; they settle what '$' means."""

    language: str = ""
    host: str = ""

    @property
    def currency(self) -> str:
        """The currency usual here, by the host's country, then the language's region, then the language; or XXX."""
        country = self.host.rsplit(".", 1)[-1].upper()
        region = next((part for part in self.language.split("-")[1:] if len(part) == 2), "").upper()
        speech = self.language.split("-")[0].lower()
        return COUNTRIES.get(country) or COUNTRIES.get(region) or LANGUAGES.get(speech) or UNKNOWN


def money(value: str | int | float | None, currency: str = "", place: Place | None = None) -> Money | None:
    """The price in `value`; None when there is none, when it is not above zero, or beyond LARGEST.

    value: a JSON number, schema.org's plain '1299.00', or text such as 'ab 1.299,00 €'. currency: a code or a symbol
    stated beside it. A string with one dot and exactly three digits after it is read as thousands ('2.449' is 2449):
    only currencies with three decimals write a price so.
    """
    text = str(value if value is not None else "").strip().translate(_DECIMALS_ARABIC)
    if not text or len(text) > _LONGEST or isinstance(value, bool):
        return None
    code = currency_of(currency, text, place or Place())
    amount = Decimal(str(value)) if isinstance(value, int | float) and _finite(text) else _amount(text, code)
    return Money(amount, code) if amount is not None and 0 < amount < LARGEST else None


def currency_of(stated: str, text: str, place: Place) -> str:
    """The ISO 4217 code of a price: stated in the data, else in its text, else what is usual in its place."""
    for source in (stated, text):
        found = _CODE.search(source.upper() if len(source) == 3 else source)
        if found and (source is stated or found[1] in _CODES):
            return found[1]
        symbol = "".join(re.findall(r"[^\d\s,'’-]", source)).strip(".").lower()
        if symbol:
            code = _by_symbol(symbol, place)
            if code:
                return code
    return place.currency


def _by_symbol(symbol: str, place: Place) -> str:
    """A symbol counts where it opens or ends the text; the longest first, so that 'NT$' is not '$'."""
    for known in sorted((*SYMBOLS, *SHARED), key=len, reverse=True):
        if symbol.startswith(known) or symbol.endswith(known):
            choices = SHARED.get(known, ())
            return place.currency if place.currency in choices else (choices or (SYMBOLS[known],))[0]
    return ""


def _finite(text: str) -> bool:
    return text.lower() not in ("nan", "inf", "-inf")


def _amount(text: str, code: str) -> Decimal | None:
    if text.startswith("-") and _PLAIN.fullmatch(text[1:]):
        return None
    plain = _PLAIN.fullmatch(text)
    decimal = "." if code in _THREE_DECIMALS or (plain and len(plain[1] or "") != 4) else None
    try:
        found: Decimal | None = Price.fromstring(text, decimal_separator=decimal).amount
    except (InvalidOperation, ValueError):
        return None
    return found
