"""The rules: one module and one Markdown page each; registering one is one line here."""

from __future__ import annotations

from ..errors import ConfigError
from . import (
    mq101_number_changed,
    mq102_negation_changed,
    mq103_name_changed,
    mq104_date_changed,
    mq105_unit_changed,
    mq106_modality_changed,
    mq107_quantifier_changed,
    mq108_direction_changed,
    mq109_condition_dropped,
    mq110_qualifier_dropped,
    mq111_content_added,
    mq112_content_omitted,
    mq113_intensity_changed,
    mq114_person_changed,
    mq115_tense_changed,
    mq116_question_to_statement,
    mq117_meaning_changed,
    mq118_stitched,
    mq119_ellipsis_distorts,
    mq120_bracket_changes_referent,
    mq121_not_verbatim,
    mq201_speaker_mismatch,
    mq202_speaker_widened,
    mq203_role_mismatch,
    mq204_paraphrase_as_quotation,
    mq205_reporting_verb_strengthened,
    mq206_source_credit_lost,
    mq207_old_quote_as_new,
    mq208_unattributed,
    mq301_no_earlier_coverage,
    mq302_sources_conflict,
    mq303_single_origin,
    mq304_back_translation,
    mq305_headline_not_in_body,
    mq306_source_later_than_article,
    mq401_unbalanced_marks,
    mq402_too_short_to_check,
    mq403_extraction_suspect,
    mq404_locale_format,
)
from .base import ArticleRule, Case, Compared, Rule, RuleInfo

QUOTATION_RULES: tuple[Rule, ...] = (
    mq101_number_changed.RULE,
    mq102_negation_changed.RULE,
    mq103_name_changed.RULE,
    mq104_date_changed.RULE,
    mq105_unit_changed.RULE,
    mq106_modality_changed.RULE,
    mq107_quantifier_changed.RULE,
    mq108_direction_changed.RULE,
    mq109_condition_dropped.RULE,
    mq110_qualifier_dropped.RULE,
    mq111_content_added.RULE,
    mq112_content_omitted.RULE,
    mq113_intensity_changed.RULE,
    mq114_person_changed.RULE,
    mq115_tense_changed.RULE,
    mq116_question_to_statement.RULE,
    mq117_meaning_changed.RULE,
    mq118_stitched.RULE,
    mq119_ellipsis_distorts.RULE,
    mq120_bracket_changes_referent.RULE,
    mq121_not_verbatim.RULE,
    mq201_speaker_mismatch.RULE,
    mq202_speaker_widened.RULE,
    mq203_role_mismatch.RULE,
    mq204_paraphrase_as_quotation.RULE,
    mq205_reporting_verb_strengthened.RULE,
    mq206_source_credit_lost.RULE,
    mq207_old_quote_as_new.RULE,
    mq208_unattributed.RULE,
    mq301_no_earlier_coverage.RULE,
    mq302_sources_conflict.RULE,
    mq303_single_origin.RULE,
    mq304_back_translation.RULE,
    mq305_headline_not_in_body.RULE,
    mq306_source_later_than_article.RULE,
    mq402_too_short_to_check.RULE,
    mq404_locale_format.RULE,
)
ARTICLE_RULES: tuple[ArticleRule, ...] = (mq401_unbalanced_marks.RULE, mq403_extraction_suspect.RULE)


def all_rules() -> tuple[RuleInfo, ...]:
    """Every rule in order of code."""
    infos = [rule.info for rule in QUOTATION_RULES] + [rule.info for rule in ARTICLE_RULES]
    return tuple(sorted(infos, key=lambda info: info.code))


def find_rule(code_or_name: str) -> RuleInfo:
    """The rule with this code or name, in any case.

    Raises:
        ConfigError: there is none; the message names the nearest.
    """
    wanted = code_or_name.strip().lower()
    for info in all_rules():
        if wanted in (info.code.lower(), info.name):
            return info
    from rapidfuzz import process

    names = [n for info in all_rules() for n in (info.code, info.name)]
    nearest = process.extractOne(code_or_name, names)
    hint = f"did you mean {nearest[0]}? " if nearest else ""
    raise ConfigError(f"there is no rule {code_or_name!r}", f"{hint}`misquote rule --all` lists the rules")


__all__ = [
    "ARTICLE_RULES",
    "QUOTATION_RULES",
    "ArticleRule",
    "Case",
    "Compared",
    "Rule",
    "RuleInfo",
    "all_rules",
    "find_rule",
]
