package quantum.p35.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import quantum.p35.api.CatalogueEntry;
import quantum.p35.api.Gate;
import quantum.p35.api.GateCatalogue;
import quantum.p35.testkit.Catalogues;

/** {@code conf/gates.yaml}, as it is shipped, against what the producers write. */
class CatalogueTest {

    private static final GateCatalogue CATALOGUE = Catalogues.fromConf();

    @ParameterizedTest(name = "{0} is {1}, {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "p33_permit_denied|p33_permit_denied|blocking",
                "p33_permit_denied:no_exchange_snapshot|p33_permit_denied:no_exchange_snapshot|blocking",
                "p33_permit_denied:stale_exchange_state|p33_permit_denied:stale_exchange_state|blocking",
                "p33_permit_denied:cooldown_in_flight|p33_permit_denied:cooldown_in_flight|blocking",
                "p33_permit_denied:reconcile_required_side_mismatch|p33_permit_denied:reconcile_required_side_mismatch|blocking",
                "p33_permit_denied:reconcile_required_qty_mismatch|p33_permit_denied:reconcile_required_qty_mismatch|blocking",
                "p33_permit_denied:reconcile_hold_active|p33_permit_denied:reconcile_hold_active|blocking",
                "p33_permit_denied:stale|p33_permit_denied:stale|blocking",
                "p33_permit_denied:leverage_exceeded|p33_permit_denied:leverage_exceeded|blocking",
                "p33_permit_denied:risk_threshold_breach|p33_permit_denied:risk_threshold_breach|blocking",
                "p33_permit_denied:action_hold|p33_permit_denied:action_hold|blocking",
                "p33_permit_denied:cooldown_57s|p33_permit_denied|blocking",
                "p33_permit_missing_or_denied|p33_permit_denied|blocking",
                "missing_or_denied_p33_permit:stale|p33_permit_denied:stale|blocking",
                "permit_timeout_or_missing:missing_p33|p33_permit_denied|blocking",
                "no_position|no_position|benign",
                "p33_permit_denied:no_position|no_position|benign",
                "close_no_position|no_position|benign",
                "not_in_allowlist|not_in_allowlist|blocking",
                "symbol_not_in_allowlist:WAVESUSDT|not_in_allowlist|blocking",
                "leverage_ratio_exceeded|leverage_ratio_exceeded|blocking",
                "insufficient_confidence|insufficient_confidence|blocking",
                "action_hold|action_hold|benign",
                "reconciliation_mismatch|reconciliation_mismatch|blocking",
                "kill_switch_active|kill_switch_active|blocking",
                "risk_layer0_fail:heartbeat_missing|risk_layer0_fail:heartbeat_missing|blocking",
                "risk_layer0_fail:heartbeat_expired|risk_layer0_fail:heartbeat_expired|blocking",
                "risk_layer0_fail:other|risk_layer0_fail|blocking",
                "learning_plane_down:trainer|learning_plane_down|blocking",
                "risk_paused:daily loss 3.2% > 3%|risk_paused|blocking",
                "risk_booting:12s|risk_booting|blocking",
                "kill_score_critical|kill_score_critical|blocking",
                "kill_score_close_blocked:0.71|kill_score_close_blocked|blocking",
                "kill_score_open_critical|kill_score_open_critical|blocking",
                "kill_score_critical_open:0.97|kill_score_open_critical|blocking",
                "kill_score_warning_risk_increase|kill_score_warning_risk_increase|blocking",
                "duplicate_plan|duplicate_plan|benign",
                "Duplicate plan_id|duplicate_plan|benign",
                "permit_timeout_or_missing:missing_all|permit_timeout_or_missing:missing_all|blocking",
                "permit_timeout_or_missing:missing_governor|permit_timeout_or_missing:missing_governor|blocking",
                "permit_timeout_or_missing:missing_p26|permit_timeout_or_missing:missing_p26|blocking",
                "permit_timeout_or_missing:init|permit_timeout_or_missing:init|blocking",
                "permit_timeout:unknown|permit_timeout_or_missing:unknown|blocking",
                "missing_permit_or_redis|permit_timeout_or_missing|blocking",
                "no_governor_permit|permit_timeout_or_missing|blocking",
                "governor_permit_denied|permit_timeout_or_missing|blocking",
                "min_notional_check_failed: 4.2 < 5.0|min_notional_check_failed|blocking",
                "source_not_allowed:manual|source_not_allowed|blocking",
                "position_limit|position_limit|blocking",
                "position_limit_reached_10/10|position_limit|blocking",
                "position_limit_7/5|position_limit|blocking",
                "max_positions_reached|position_limit|blocking",
                "position_too_large:$1200>$1000_cap|position_too_large|blocking",
                "cooldown|cooldown|blocking",
                "cooldown_57s|cooldown|blocking",
                "symbol_cooldown|cooldown|blocking",
                "symbol_already_open_0.004|symbol_already_open|blocking",
                "missing_required_fields|missing_required_fields|error",
                "binance_error:HTTPError 400: {\"code\":-1111, \"msg\":\"Precision\"}|binance_error|error",
                "execution_failed: timeout|execution_failed|error",
                "exception:KeyError('x')|exception|error",
                "invalid_p33_permit_format|invalid_p33_permit_format|error",
                "missing_binance_credentials|missing_binance_credentials|error",
                "mark_price_unavailable|mark_price_unavailable|error",
                "unknown_action|unknown_action|error",
                "unknown_action_FLIP|unknown_action|error",
                "missing_new_sl|missing_new_sl|error",
                "invalid_side:X|invalid_side|error",
                "rate_limited|rate_limited|error",
                "RETRYABLE_RATE_LIMIT: 429|rate_limited|error",
                "invariant_violated|invariant_violated|error",
                "INVARIANT: qty > 0|invariant_violated|error",
                "dry_run|dry_run|benign",
                "unreported_gate|unreported_gate|quality",
                "unlisted|unlisted|quality",
                "layer4_no_edge:0.01|layer4_no_edge|blocking",
                "churn_global_freeze|churn_global_freeze|blocking",
                "churn_blacklist|churn_blacklist|blocking",
                "race_guard_claim|race_guard_claim|blocking",
                "manual_lane_disabled|manual_lane_disabled|blocking",
                "DENY_NOT_EXIT_OWNER|DENY_NOT_EXIT_OWNER|blocking",
                "NOT_EXIT_OWNER:harvest|DENY_NOT_EXIT_OWNER|blocking",
                "invalid_safe_close_qty|invalid_safe_close_qty|blocking",
                "close_qty_zero|close_qty_zero|benign",
                "binance_api_error|binance_api_error|error",
                "kill_score_close_ok|kill_score_close_ok|passed",
                "kill_score_open_ok|kill_score_open_ok|passed",
                "kill_score_open_scaled|kill_score_open_scaled|passed",
                "kill_score_warning_close_ok|kill_score_warning_close_ok|passed",
                "layer4_kelly_250usdt|layer4_kelly|passed",
                "action_normalized_BUY_to_OPEN|action_normalized|passed",
                "update_sl_no_position_skip|update_sl_no_position_skip|passed",
            })
    void whatProducersWriteFindsItsGate(String text, String code, String kind) {
        Gate gate = CATALOGUE.match(text);
        assertEquals(code, gate.code());
        assertEquals(kind, gate.kind().word());
        assertTrue(gate.catalogued());
    }

    @Test
    void onlyTheDuplicateIsARepeat() {
        assertEquals(Set.of("duplicate_plan"), CATALOGUE.repeats());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "p33_permit_denied",
                "no_position",
                "not_in_allowlist",
                "leverage_ratio_exceeded",
                "insufficient_confidence",
                "action_hold",
                "reconciliation_mismatch",
                "kill_switch_active",
                "risk_layer0_fail",
                "permit_timeout_or_missing",
                "kill_score_critical",
                "unreported_gate",
                "unlisted"
            })
    void theGuideOfAGateThatOperatorsActOnIsWhole(String code) {
        CatalogueEntry entry = CATALOGUE.entry(code).orElseThrow();
        assertFalse(entry.meaning().isBlank());
        assertFalse(entry.diagnose().isEmpty());
        assertFalse(entry.actions().isEmpty());
    }

    @Test
    void everyGuideNamesAPlaceToLook() {
        List<String> without = CATALOGUE.entries().stream()
                .filter(entry -> entry.meaning() != null && entry.diagnose().isEmpty())
                .map(CatalogueEntry::code)
                .toList();
        assertEquals(List.of(), without);
    }

    @Test
    void expectedSharesAreTheOperatorsOwn() {
        assertEquals("30–40 %", CATALOGUE.entry("no_position").orElseThrow().expected());
        assertNull(CATALOGUE.entry("cooldown").orElseThrow().expected());
    }
}
