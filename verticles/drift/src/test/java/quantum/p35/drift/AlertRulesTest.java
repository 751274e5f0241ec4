package quantum.p35.drift;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quantum.p35.api.AlertThresholds;
import quantum.p35.api.CatalogueEntry;
import quantum.p35.api.GateCatalogue;
import quantum.p35.api.GateKind;
import quantum.p35.api.Outcome;
import quantum.p35.api.Severity;

class AlertRulesTest {

    private static AlertRules read(String yaml) throws IOException {
        return new YAMLMapper().readValue(yaml, AlertRules.class);
    }

    @Test
    void theShippedFileHoldsTheDefaults() throws IOException {
        Path file = Path.of(System.getProperty("p35.root"), "conf", "alerts.yaml");
        assertEquals(AlertRules.DEFAULT, new YAMLMapper().readValue(file.toFile(), AlertRules.class));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            rules: {gate_shar: {enabled: true}} | alerts.rules.gate_shar
            rules: {gate_share: {enabled: true, threshold: 0.3}} | alerts.rules.gate_share.threshold is 0.3: it must be left out
            rules: {execute_low: {enabled: true, severity: HIGH, window: 15m}} | alerts.rules.execute_low.threshold is not given
            rules: {execute_low: {enabled: true, severity: HIGH, window: 15m, threshold: 20}} | over 0 and under 1
            rules: {source_silent: {enabled: true, severity: HIGH, seconds: 1}} | alerts.rules.source_silent.seconds is 1
            thresholds: {medium: 0.6, high: 0.5, critical: 0.8} | they must rise
            thresholds: {high: 0.5} | alerts.thresholds
            timing: {looks: 0, cooldownSeconds: 300} | alerts.timing.looks is 0
            timing: {looks: 3, cooldownSeconds: -1} | alerts.timing.cooldownSeconds is -1
            evidence: {decisions: 20, confidence: 99, freshSeconds: 120, clearBelow: 0.05} | alerts.evidence.confidence is 99
            quietHours: {from: '25:00', to: '07:00', zone: UTC, below: HIGH} | alerts.quietHours.from is '25:00'
            quietHours: {from: '22:00', to: '07:00', zone: Oslo, below: HIGH} | alerts.quietHours.zone is 'Oslo'
            """)
    void aBrokenRuleIsRefusedByKeyValueAndRule(String group, String complaint) {
        String message = assertThrows(IOException.class, () -> read(group)).getMessage();
        assertTrue(message.contains(complaint), message);
    }

    @Test
    void theEnvironmentCountsOverTheFile() {
        AlertRules rules = AlertRules.DEFAULT.withOverrides(null, 0.5, null, 60);
        assertEquals(new AlertThresholds(0.4, 0.5, 0.8), rules.thresholds());
        assertEquals(60, rules.timing().cooldownSeconds());
        assertThrows(IllegalArgumentException.class, () -> AlertRules.DEFAULT.withOverrides(0.7, null, null, null));
    }

    @Test
    void aRuleThatIsSwitchedOffEndsWhatItTold() {
        AlertRules off = new AlertRules(
                AlertRules.DEFAULT.thresholds(),
                AlertRules.DEFAULT.evidence(),
                AlertRules.DEFAULT.timing(),
                Map.of(AlertRules.GATE_SHARE, new AlertRules.Rule(false, null, null, null, null)),
                null);
        Evaluation evaluation = new Scene()
                .now(100, Outcome.BLOCKED, "cooldown").evaluations(off).stream()
                        .filter(candidate -> candidate.rule().equals(AlertRules.GATE_SHARE))
                        .findFirst()
                        .orElseThrow();
        assertEquals(Verdict.CLEAR, evaluation.verdict());
        assertTrue(evaluation.because().contains("switched off"), evaluation::because);
    }

    @Test
    void aBenignGateAlertsByThresholdsOfItsOwn() {
        GateCatalogue catalogue = new GateCatalogue(List.of(
                entry("no_position", GateKind.BENIGN, new AlertThresholds(0.7, null, null)),
                entry("unreported_gate", GateKind.QUALITY, null),
                entry("unlisted", GateKind.QUALITY, null),
                entry("dry_run", GateKind.BENIGN, null)));
        Evaluation evaluation = new Scene()
                .catalogue(catalogue)
                .now(290, Outcome.SKIP, "no_position")
                .now(10, Outcome.EXECUTE, "none")
                .evaluation(AlertRules.GATE_SHARE, "no_position");
        assertEquals(Severity.MEDIUM, evaluation.severity(), evaluation::because);
    }

    private static CatalogueEntry entry(String code, GateKind kind, AlertThresholds alert) {
        return new CatalogueEntry(code, kind, null, null, null, false, null, null, null, null, alert);
    }
}
