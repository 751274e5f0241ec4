package quantum.p35.drift;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static quantum.p35.drift.Life.GATE;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import quantum.p35.api.Severity;

/** What operators do to an alert: silence it, look after it, sleep. */
class OperatorsTest {

    private static final String FIRING_HIGH = " firing HIGH " + GATE;

    @Test
    void nothingIsToldOfASilencedAlertUntilTheSilenceIsOver() {
        Life life = new Life()
                .silence("0:00", GATE, "10:00")
                .fires("1:00", Severity.HIGH)
                .until("30:00");
        assertEquals(List.of("10:00" + FIRING_HIGH), life.entries());
        assertEquals(List.of("1:20 Raised HIGH", "1:20 Silenced HIGH", "10:00 Unsilenced HIGH"), life.changes());
        assertNull(life.alert(GATE).silenced());
        assertEquals(Map.of(), life.ledger().silences());
    }

    @Test
    void silencedIncidentThatNobodyWasToldOfEndsWithoutAWord() {
        Life life = new Life()
                .silence("0:00", GATE, "50:00")
                .fires("1:00", Severity.HIGH)
                .clear("20:00")
                .until("60:00");
        assertEquals(List.of(), life.entries());
        assertNull(life.alert(GATE));
    }

    @Test
    void endOfWhatWasToldAsFiringIsToldInASilenceToo() {
        Life life = new Life()
                .fires("1:00", Severity.HIGH)
                .silence("2:00", GATE, "50:00")
                .fires("5:00", Severity.CRITICAL)
                .clear("20:00")
                .until("60:00");
        assertEquals(List.of("1:20" + FIRING_HIGH, "20:20 resolved CRITICAL " + GATE), life.entries());
    }

    @Test
    void escalationInASilenceIsToldWhenTheSilenceIsTakenAway() {
        Life life = new Life()
                .fires("1:00", Severity.MEDIUM)
                .silence("2:00", "p33_permit_denied", "50:00")
                .fires("3:00", Severity.HIGH)
                .unsilence("4:00")
                .until("30:00");
        assertEquals(List.of("1:20 firing MEDIUM " + GATE, "4:00" + FIRING_HIGH), life.entries());
    }

    @Test
    void silenceOfARuleOrAFamilyCoversItsAlerts() {
        for (String name : List.of(GATE, "p33_permit_denied", "p33_permit_denied:*", "gate_share")) {
            Life life = new Life()
                    .silence("0:00", name, "50:00")
                    .fires("1:00", Severity.HIGH)
                    .until("10:00");
            assertEquals(List.of(), life.entries(), name);
        }
        for (String name : List.of("p33", "p33_permit_denied:sta", "gate_stuck")) {
            Life life = new Life()
                    .silence("0:00", name, "50:00")
                    .fires("1:00", Severity.HIGH)
                    .until("10:00");
            assertEquals(List.of("1:20" + FIRING_HIGH), life.entries(), name);
        }
    }

    @Test
    void acknowledgementIsDroppedByAnEscalationOnly() {
        Life life = new Life()
                .fires("1:00", Severity.MEDIUM)
                .acknowledge("2:00")
                .fires("5:00", Severity.HIGH)
                .until("4:50");
        assertEquals("ann", life.alert(GATE).acknowledged().by());
        assertNull(life.until("6:00").alert(GATE).acknowledged());
    }

    @Test
    void quietHoursHoldBackPeopleAndNotTheStream() {
        AlertRules.QuietHours hours = new AlertRules.QuietHours("14:00", "15:30", "UTC", Severity.HIGH);
        AlertRules rules = new AlertRules(
                AlertRules.DEFAULT.thresholds(),
                AlertRules.DEFAULT.evidence(),
                AlertRules.DEFAULT.timing(),
                AlertRules.DEFAULT.rules(),
                hours);
        Life life = new Life(rules)
                .fires("1:00", Severity.MEDIUM)
                .fires("10:00", Severity.HIGH)
                .until("5:00");
        assertEquals(List.of("1:20 firing MEDIUM " + GATE), life.entries());
        assertEquals(Instant.parse("2026-02-01T15:30:00Z"), life.alert(GATE).quietUntil());
        assertNull(life.until("11:00").alert(GATE).quietUntil(), "a high alert is not to wait");
    }
}
