package quantum.p35.drift;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static quantum.p35.drift.Life.GATE;

import java.util.List;
import org.junit.jupiter.api.Test;
import quantum.p35.api.Alert;
import quantum.p35.api.Severity;

/** The life of an alert: want this told at these times, and nothing else. */
class AlertBookTest {

    private static final String FIRING_HIGH = " firing HIGH " + GATE;
    private static final String RESOLVED_HIGH = " resolved HIGH " + GATE;

    @Test
    void firesAtTheThirdLookInARowAndSaysSoOnce() {
        Life life = new Life().fires("1:00", Severity.HIGH).until("60:00");
        assertEquals(List.of("1:20" + FIRING_HIGH), life.entries());
        assertEquals(List.of("1:20 Raised HIGH"), life.changes());
        Alert alert = life.alert(GATE);
        assertEquals("p35_alert_" + Life.at("1:20").getEpochSecond() + "_" + GATE, alert.id());
        assertEquals(Life.at("1:20"), alert.since());
        assertEquals(GATE + " stops 70 % of decisions (210 of 300 in the last 5 minutes).", alert.sentence());
        assertEquals("redis-cli HGETALL quantum:state:positions:BTCUSDT  # age of the snapshot", alert.action());
    }

    @Test
    void doesNotFireWhenOneOfThreeLooksCannotTell() {
        Life life = new Life();
        for (int minute = 0; minute < 30; minute++) {
            life.fires(minute + ":00", Severity.HIGH).holds(minute + ":20");
        }
        life.until("30:00");
        assertEquals(List.of(), life.entries());
        assertEquals(List.of(), life.changes());
    }

    @Test
    void firesWithTheSeverityThatEveryLookReached() {
        Life life = new Life()
                .fires("1:00", Severity.MEDIUM)
                .fires("1:10", Severity.CRITICAL)
                .until("1:20");
        assertEquals(List.of("1:20 firing MEDIUM " + GATE), life.entries());
    }

    @Test
    void longIncidentTellsItsEndAtOnce() {
        Life life = new Life().fires("1:00", Severity.HIGH).clear("20:00").until("60:00");
        assertEquals(List.of("1:20" + FIRING_HIGH, "20:20" + RESOLVED_HIGH), life.entries());
        assertEquals(List.of("1:20 Raised HIGH", "20:20 Resolved HIGH"), life.changes());
        Alert last = life.told().getLast();
        assertEquals(life.told().getFirst().id(), last.id());
        assertEquals(Life.at("20:20"), last.resolved());
        assertEquals(0.7, last.peak());
        assertEquals(0.1, last.share());
        assertEquals(List.of(new Alert.Symbol("BTCUSDT", 120)), last.symbols());
        assertEquals(GATE + " is over after 19 minutes: now 10 % (30 of 300 in the last 5 minutes).", last.sentence());
    }

    @Test
    void withoutDecisionsTheFiguresStayAndTheWordsSayThatTheyAreOld() {
        Alert alert = new Life()
                .fires("1:00", Severity.HIGH)
                .sawNothing("5:00")
                .until("10:00")
                .alert(GATE);
        assertEquals(GATE + " stopped 210 of 300 decisions in the last 5 minutes that had any.", alert.sentence());
        assertEquals(210, alert.score());
        assertEquals(0.7, alert.share());
    }

    @Test
    void shortIncidentTellsItsEndWhenTheCooldownIsOver() {
        Life life = new Life().fires("1:00", Severity.HIGH).clear("2:00").until("60:00");
        assertEquals(List.of("1:20" + FIRING_HIGH, "6:20" + RESOLVED_HIGH), life.entries());
        assertEquals(List.of("1:20 Raised HIGH", "2:20 Resolved HIGH"), life.changes());
    }

    @Test
    void flappingWithinTheCooldownIsOneIncidentAndOneEntry() {
        Life life = new Life()
                .fires("1:00", Severity.HIGH)
                .clear("2:00")
                .fires("3:00", Severity.HIGH)
                .clear("4:00")
                .fires("5:00", Severity.HIGH)
                .until("30:00");
        assertEquals(List.of("1:20" + FIRING_HIGH), life.entries());
        assertEquals(2, life.alert(GATE).flaps());
        assertEquals(Life.at("1:20"), life.alert(GATE).since());
        assertEquals(
                List.of(
                        "1:20 Raised HIGH",
                        "2:20 Resolved HIGH",
                        "3:20 Reopened HIGH",
                        "4:20 Resolved HIGH",
                        "5:20 Reopened HIGH"),
                life.changes());
    }

    @Test
    void whatFiresAgainSoonAfterItsEndWasToldIsTheSameIncidentAndIsToldWhenTheCooldownIsOver() {
        Life life = new Life()
                .fires("1:00", Severity.HIGH)
                .clear("20:00")
                .fires("22:00", Severity.HIGH)
                .clear("50:00")
                .until("60:00");
        assertEquals(
                List.of("1:20" + FIRING_HIGH, "20:20" + RESOLVED_HIGH, "25:20" + FIRING_HIGH, "50:20" + RESOLVED_HIGH),
                life.entries());
        assertEquals(1, life.told().stream().map(Alert::id).distinct().count());
    }

    @Test
    void whatFiresAgainLongAfterItsEndIsAnotherIncident() {
        Life life = new Life()
                .fires("1:00", Severity.HIGH)
                .clear("20:00")
                .fires("30:00", Severity.HIGH)
                .until("40:00");
        assertEquals(List.of("1:20" + FIRING_HIGH, "20:20" + RESOLVED_HIGH, "30:20" + FIRING_HIGH), life.entries());
        assertNotEquals(life.told().getFirst().id(), life.told().getLast().id());
    }

    @Test
    void whatFiresAgainOverACooldownAfterItsEndIsAnotherIncidentAlsoWhenTheEndWasToldLate() {
        Life life = new Life()
                .fires("1:00", Severity.HIGH)
                .clear("2:00")
                // over a cooldown after the end, under one after the entry that told it
                .fires("7:40", Severity.HIGH)
                .until("20:00");
        assertEquals(List.of("1:20 Raised HIGH", "2:20 Resolved HIGH", "8:00 Raised HIGH"), life.changes());
        assertEquals(List.of("1:20" + FIRING_HIGH, "6:20" + RESOLVED_HIGH, "11:20" + FIRING_HIGH), life.entries());
        assertNotEquals(life.told().getFirst().id(), life.told().getLast().id());
        assertEquals(Life.at("8:00"), life.told().getLast().since());
    }

    @Test
    void cooldownBeginsAtTheEndOfAnIncident() {
        Life within = new Life()
                .fires("1:00", Severity.HIGH)
                .clear("2:00")
                .fires("6:50", Severity.HIGH)
                .until("20:00");
        assertEquals(List.of("1:20 Raised HIGH", "2:20 Resolved HIGH", "7:10 Reopened HIGH"), within.changes());
        Life after = new Life()
                .fires("1:00", Severity.HIGH)
                .clear("2:00")
                .fires("7:00", Severity.HIGH)
                .until("20:00");
        assertEquals(List.of("1:20 Raised HIGH", "2:20 Resolved HIGH", "7:20 Raised HIGH"), after.changes());
    }

    @Test
    void endedIncidentIsForgottenAfterTheCooldown() {
        Life life = new Life().fires("1:00", Severity.HIGH).clear("20:00").until("25:10");
        assertNotNull(life.alert(GATE));
        assertNull(life.until("25:20").alert(GATE));
    }

    @Test
    void escalationIsToldAtOnceUnderTheSameId() {
        Life life = new Life()
                .fires("1:00", Severity.MEDIUM)
                .fires("2:00", Severity.HIGH)
                .fires("3:00", Severity.CRITICAL)
                .until("30:00");
        assertEquals(
                List.of("1:20 firing MEDIUM " + GATE, "2:20" + FIRING_HIGH, "3:20 firing CRITICAL " + GATE),
                life.entries());
        assertEquals(List.of("1:20 Raised MEDIUM", "2:20 Escalated HIGH", "3:20 Escalated CRITICAL"), life.changes());
        assertEquals(1, life.told().stream().map(Alert::id).distinct().count());
    }

    @Test
    void severityNeverSinks() {
        Life life = new Life()
                .fires("1:00", Severity.CRITICAL)
                .fires("5:00", Severity.MEDIUM)
                .clear("20:00")
                .until("30:00");
        assertEquals(List.of("1:20 firing CRITICAL " + GATE, "20:20 resolved CRITICAL " + GATE), life.entries());
    }

    @Test
    void severalRulesAboutOneGateMakeOneIncident() {
        Life life = new Life()
                .fires("1:00", Severity.MEDIUM)
                .fires("5:00", AlertRules.GATE_STUCK, GATE, Severity.HIGH)
                .clear("10:00", AlertRules.GATE_STUCK, GATE)
                .clear("20:00")
                .until("30:00");
        assertEquals(
                List.of("1:20 firing MEDIUM " + GATE, "5:20" + FIRING_HIGH, "20:20" + RESOLVED_HIGH), life.entries());
        assertEquals(AlertRules.GATE_STUCK, life.told().get(1).rule());
        assertEquals(AlertRules.GATE_SHARE, life.told().get(2).rule(), "the one that went on last");
    }

    @Test
    void ruleThatCannotTellDoesNotKeepAnAlertOfAnotherRuleAlive() {
        Life life = new Life()
                .fires("1:00", AlertRules.GATE_STUCK, GATE, Severity.HIGH)
                .clear("10:00", AlertRules.GATE_STUCK, GATE)
                .holds("0:00")
                .until("20:00");
        assertEquals(List.of("1:20" + FIRING_HIGH, "10:20" + RESOLVED_HIGH), life.entries());
    }

    @Test
    void familyThatIsHeldBackWhileOneOfItsGatesAlertsIsToldToBeOverInTheEnd() {
        String family = "p33_permit_denied:*";
        Life life = new Life()
                .fires("1:00", AlertRules.FAMILY_SHARE, family, Severity.MEDIUM)
                .fires("5:00", Severity.HIGH)
                .holds("5:00", AlertRules.FAMILY_SHARE, family)
                .clear("20:00")
                .clear("20:00", AlertRules.FAMILY_SHARE, family)
                .until("30:00");
        assertEquals(
                List.of(
                        "1:20 firing MEDIUM " + family,
                        "5:20" + FIRING_HIGH,
                        "20:20 resolved MEDIUM " + family,
                        "20:20" + RESOLVED_HIGH),
                life.entries());
    }

    @Test
    void blindLooksNeitherRaiseNorEndAnything() {
        Life life = new Life()
                .fires("1:00", Severity.HIGH)
                .blind("2:00", true)
                .clear("3:00")
                .until("30:00");
        assertEquals(List.of("1:20" + FIRING_HIGH), life.entries());
        life.blind("30:10", false).until("40:00");
        assertEquals(List.of("1:20" + FIRING_HIGH, "30:30" + RESOLVED_HIGH), life.entries());
    }

    @Test
    void endThatIsDueIsToldAlsoWhileBlind() {
        Life life = new Life()
                .fires("1:00", Severity.HIGH)
                .clear("2:00")
                .blind("3:00", true)
                .until("30:00");
        assertEquals(List.of("1:20" + FIRING_HIGH, "6:20" + RESOLVED_HIGH), life.entries());
    }

    @Test
    void alertWhoseRuleIsGoneEnds() {
        Life life = new Life().fires("1:00", Severity.HIGH).until("10:00");
        Streaks streaks = new Streaks();
        Evaluation other = new Evaluation(
                AlertRules.SKIP_HIGH,
                AlertRules.SKIP_HIGH,
                life.alert(GATE).window(),
                Verdict.CLEAR,
                null,
                Figures.none(),
                "few",
                List.of());
        List<Standing> standings = List.of();
        for (int look = 0; look < 3; look++) {
            standings = streaks.look(List.of(other), life.ledger().alerts().values(), 3);
        }
        assertTrue(standings.stream()
                .anyMatch(standing -> standing.evaluation().reason().equals(GATE) && standing.over()));
    }
}
