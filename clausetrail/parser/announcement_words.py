"""Words by which a publisher's own changelog is known, as regular expressions whose case is ignored."""

from __future__ import annotations

SUMMARIES = (
    r"\b(?:summary|overview|highlights) of (?:(?:the|our|recent|key|main|important|these|latest) )*(?:changes|updates)"
    r"|\bwhat['’]?s (?:new|changed|changing)|\bwhat (?:has|have) (?:we )?changed"
    r"|résumé des (?:modifications|changements)|quoi de neuf|was ist neu"
    r"|(?:zusammenfassung|überblick) (?:der|über die) änderungen"
    r"|resumen de (?:los )?cambios|qué ha cambiado|resumo das alterações|o que mudou|riepilogo delle modifiche"
    r"|cosa (?:è )?cambia(?:to)?|overzicht van (?:de )?wijzigingen|wat is er (?:nieuw|gewijzigd)|podsumowanie zmian"
    r"|co się zmieni\w+|rezumatul modificărilor|更新(?:摘要|要点|说明)|修[订訂](?:摘要|说明)"
    r"|変更(?:点|の概要)|변경 ?(?:사항 )?요약"
)
"""Headings of a summary of what the newest version changed."""

OF_CHANGE = (
    r"\b(?:add|updat|chang|clarif|replac|remov|revis|introduc|expand|improv|amend|correct|renam|delet|reword|reorgani"
    r"|ajout|modifi|mis à jour|précis|supprim|aktualisier|geändert|ergänz|hinzugefüg|entfern|klargestell|überarbeit"
    r"|añad|actualiz|cambi|elimin|aclar|adicion|atualiz|alter|aggiunt|aggiorn|rimoss|toegevoegd|bijgewerkt|gewijzigd"
    r"|verwijderd|dodan|zmienion|usunięt|zaktualiz|adăug|tillag|ändra|lagt til|endret|tilføj|lisät|muute|přidán"
    r"|změněn|hozzáad|módosít|eklen|güncellen|добавл|измен|обновл|удал|додан|змінен)"
    r"|新增|更新|修[改订訂正]|删除|增加|調整|调整|追加|変更|改[定訂]|削除|추가|변경|수정|삭제"
)
"""Beginnings of words that tell of a change."""
