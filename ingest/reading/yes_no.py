"""Words for yes and no in cells, in the languages of the exports that are read; small letters."""

YES = (
    "true", "t", "yes", "y", "1", "是", "有", "真", "はい", "예", "네", "ja", "oui", "sí", "si", "sì", "sim",
    "tak", "ano", "kyllä", "да", "так", "evet", "wahr", "vrai", "verdadero", "verdadeiro", "vero",
)  # fmt: skip
NO = (
    "false", "f", "no", "n", "0", "否", "无", "無", "假", "いいえ", "아니요", "아니오", "nein", "nee", "nej",
    "nei", "non", "não", "nie", "ne", "ei", "нет", "ні", "hayır", "falsch", "faux", "falso",
)  # fmt: skip
