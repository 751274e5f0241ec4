package quantum.p35.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quantum.p35.api.AlertThresholds;
import quantum.p35.drift.AlertRules;

class AlertsFileTest {

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("alerts.yaml");
    }

    @Test
    void aFileOfCommentsLeavesTheDefaults() throws Exception {
        assertEquals(AlertRules.DEFAULT, read("# nothing\n", Map.of()));
    }

    @Test
    void aKeyLeavesItsNeighboursAsTheyWere() throws Exception {
        AlertRules rules = read("thresholds: {medium: 0.5}\nrules: {execute_low: {threshold: 0.1}}\n", Map.of());

        assertEquals(new AlertThresholds(0.5, 0.6, 0.8), rules.thresholds());
        assertEquals(0.1, rules.rules().get("execute_low").threshold());
        assertEquals(
                AlertRules.DEFAULT.rules().get("execute_low").severity(),
                rules.rules().get("execute_low").severity());
        assertEquals(AlertRules.DEFAULT.rules().size(), rules.rules().size());
    }

    @Test
    void theEnvironmentLiesOverTheFile() throws Exception {
        AlertRules rules = read(
                "thresholds: {medium: 0.5}\n",
                Map.of(
                        "P35_ALERT_THRESHOLD_MEDIUM", "0.3",
                        "P35_ALERT_THRESHOLD_HIGH", "0.5",
                        "P35_ALERT_THRESHOLD_CRITICAL", "0.9",
                        "P35_ALERT_COOLDOWN", "60"));

        assertEquals(new AlertThresholds(0.3, 0.5, 0.9), rules.thresholds());
        assertEquals(60, rules.timing().cooldownSeconds());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            treshold: {}                          | alerts.treshold is not known: the keys here are thresholds, evidence
            thresholds: {medium: high}            | alerts.thresholds.medium is 'high': it must be a number
            thresholds: {low: 0.1}                | alerts.thresholds.low is not known: the keys here are
            thresholds: {medium: 0.9}             | they must rise
            evidence: {decisions: 0}              | alerts.evidence.decisions is 0: it must be 1 or more
            rules: {execute_low: {severity: BAD}} | it must be one of MEDIUM, HIGH, CRITICAL
            rules: {execute_low: {window: 2m}}    | window '2m' is not one of 1m, 5m, 15m, 1h
            rules: {nobody: {severity: MEDIUM}}   | alerts.rules.nobody: there is no rule 'nobody', the rules are gate_share, family
            rules: {gate_share: {window: 15m}}    | alerts.rules.gate_share.window is 15m: it must be left out: it means nothing
            rules: {skip_high: {window: }}        | alerts.rules.skip_high.window is not given: it must be 1m, 5m, 15m or 1h
            thresholds: {medium: }                | alerts.thresholds.medium is not given: it must be a part of one
            quietHours: {from: late}              | alerts.quietHours.from is 'late'
            - a list                              | it must hold groups (thresholds, evidence, timing, rules, quietHours)
            """)
    void whatIsWrongIsNamed(String content, String complaint) throws IOException {
        Text.contains(complaint, refusal(content + "\n", Map.of()));
    }

    @Test
    void variablesThatAreNoNumbersAreNamedTogether() throws IOException {
        String refusal = refusal("", Map.of("P35_ALERT_THRESHOLD_HIGH", "60 %", "P35_ALERT_COOLDOWN", "5m"));

        Text.contains("P35_ALERT_THRESHOLD_HIGH is '60 %': it must be a number", refusal);
        Text.contains("P35_ALERT_COOLDOWN is '5m': it must be a number", refusal);
    }

    @Test
    void variablesThatDoNotFitTheFileAreRefused() throws IOException {
        Text.contains(
                "with P35_ALERT_… over it: the alert thresholds are medium 0.9",
                refusal("", Map.of("P35_ALERT_THRESHOLD_MEDIUM", "0.9")));
    }

    private AlertRules read(String content, Map<String, String> environment) throws IOException, StartProblem {
        Files.writeString(file, content);
        return AlertsFile.read(file, new Environment(environment));
    }

    private String refusal(String content, Map<String, String> environment) throws IOException {
        Files.writeString(file, content);
        return assertThrows(StartProblem.class, () -> AlertsFile.read(file, new Environment(environment)))
                .getMessage();
    }
}
