"""What exporters write below the last row: who exported it and when, how many rows there are, whose it is."""

import re
import unicodedata

_MADE = (
    r"(report |file |list |last )?(exported|generated|printed|created|prepared|compiled|downloaded|retrieved|"
    r"produced|run|updated|refreshed|exportiert|erstellt|gedruckt|generiert|erzeugt|exporté|généré|imprimé|"
    r"édité|créé|exportado|generado|impreso|creado|gerado|impresso|esportato|generato|stampato|creato)"
)
_BY = r"(by|at|on|from|with|via|von|am|durch|aus|mit|par|le|por|el|em|da|il|del|dal)\b"
_ROWS = (
    r"(rows?|records?|entries|results|datensätze|zeilen|einträge|lignes|enregistrements|registros|filas|"
    r"linhas|righe|条(记录|数据)?|行(数据)?|笔|件|건)"
)
_SAID = (
    r"report|source|data source|user|page|date|period|as of|filters?|applied filters|notes?|rows?|records?|"
    r"(row|record|total) count|(total|number of) (rows|records|entries)|quelle|seite|stand|zeitraum|hinweis|"
    r"anzahl|datensätze|benutzer|page|période|remarque|fuente|página|nota|fonte|pagina|"
    r"备注|说明|注|页码|数据来源|来源|报表名称|合计行数|総件数|出力日時|作成者|作成日"
)
_CHINESE = (
    r"(导出|匯出|制表|製表|打印|列印|生成|下载|統計|统计|查询|报表|制单|填表|审核|复核|经办|数据导出)"
    r"(人|人员|者|员|时间|時間|日期|用户|单位|部门|范围|条件|方式)"
)
_COUNTED = r"(total|number of) (rows|records|entries)|(row|record|total) count|anzahl (datensätze|zeilen)"
_FOOTERS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_MADE}(e|s|es)?\s*({_BY}|[:：]).*",
        rf"({_SAID})\s*[:：].*",
        r"(page|seite|página|pagina)\s*\d+(\s*(of|/|von|de|sur|di)\s*\d+)?",
        rf"\(?[\d,. ]+\s*{_ROWS}\b.*",
        r"(showing|displaying) \d.*",
        rf"{_CHINESE}(\s*[:：].*)?",
        r"[共总計计全합]\s*[\d,]+\s*(条|行|家|笔|个|项|位|名|件|页|人|건|条记录).*",
        r"第\s*\d+\s*页.*",
        rf"({_COUNTED})(\s*[:：]?\s*[\d,.]+)?",
        r"[*\-= ]*end of (report|file|list|data|export)\b.*",
        r"(confidential|vertraulich|confidentiel|confidencial|copyright|all rights reserved|powered by)\b.*",
        r"(©|\(c\)) .*",
        r"(机密|版权所有|内部资料).*",
    )
)  # fmt: skip


def reads_as_footer(text: str) -> bool:
    """Whether a text that stands below the last row says something of the export and names no record."""
    plain = unicodedata.normalize("NFKC", text).strip().lower()
    return any(pattern.fullmatch(plain) for pattern in _FOOTERS)
