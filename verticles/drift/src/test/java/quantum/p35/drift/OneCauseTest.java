package quantum.p35.drift;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import quantum.p35.api.BusMessages;
import quantum.p35.api.GateCatalogue;
import quantum.p35.api.Keys;
import quantum.p35.testkit.Catalogues;

/** One cause does not ring five bells: rules and book together, whole incidents. */
class OneCauseTest {

    private static final GateCatalogue CATALOGUE = Catalogues.fromConf();
    private static final int LOOKS_A_MINUTE = 6;

    private final Vertx vertx = Vertx.vertx();
    private final Streaks streaks = new Streaks();
    private final List<String> told = new ArrayList<>();
    private FakeInsight insight;
    private Ledger ledger = new Ledger(Map.of(), Map.of());
    private Instant now = Life.BEGIN;

    @BeforeEach
    void begin() {
        BusMessages.register(vertx.eventBus());
        insight = new FakeInsight(vertx);
    }

    @AfterEach
    void close() {
        vertx.close().await();
    }

    private void minutes(int minutes) {
        for (int i = 0; i < minutes * LOOKS_A_MINUTE; i++) {
            now = now.plusSeconds(10);
            Look look = new Look(now, insight.windows(now), insight.symbols(), ledger.alerts());
            List<Standing> standings = streaks.look(
                    Evaluations.of(look, AlertRules.DEFAULT, CATALOGUE),
                    ledger.alerts().values(),
                    3);
            Wording wording = new Wording(look.windows(), CATALOGUE, Keys.DEFAULT);
            Edit edit = new AlertBook(AlertRules.DEFAULT, wording).look(ledger, standings, now);
            ledger = ledger.after(edit);
            edit.entries()
                    .forEach(alert -> told.add(alert.state().word() + " " + alert.severity() + " " + alert.reason()));
        }
    }

    @Test
    void gateThatExplodesIsToldAndNotItsFamilyTheDistributionOrTheSymbolsThatItStops() {
        insight.stops(Map.of("p33_permit_denied:stale", 270L));
        minutes(30);
        assertEquals(List.of("firing CRITICAL p33_permit_denied:stale"), told);
        insight.calm();
        minutes(30);
        assertEquals(
                List.of("firing CRITICAL p33_permit_denied:stale", "resolved CRITICAL p33_permit_denied:stale"), told);
    }

    @Test
    void gateIsNotOverBecauseNothingIsProposedAnyMore() {
        String gate = "p33_permit_denied:stale";
        insight.stops(Map.of(gate, 270L));
        minutes(10);
        insight.silent(now);
        minutes(180);
        assertEquals(List.of("firing CRITICAL " + gate, "firing HIGH source_silent"), told);
        assertEquals(
                gate + " stopped 270 of 300 decisions in the last 5 minutes that had any.",
                ledger.alerts().get(gate).sentence());
        insight.silent(null);
        insight.calm();
        minutes(30);
        assertEquals(List.of("resolved CRITICAL " + gate, "resolved HIGH source_silent"), told.subList(2, told.size()));
    }

    @Test
    void familyIsToldWhenNoneOfItsGatesIsEnough() {
        insight.stops(Map.of(
                "p33_permit_denied:stale", 80L,
                "p33_permit_denied:risk_threshold_breach", 80L,
                "p33_permit_denied:no_exchange_snapshot", 80L));
        minutes(10);
        assertEquals(List.of("firing HIGH p33_permit_denied:*"), told);
        // one of them takes over
        insight.stops(Map.of(
                "p33_permit_denied:stale", 225L,
                "p33_permit_denied:risk_threshold_breach", 10L,
                "p33_permit_denied:no_exchange_snapshot", 5L));
        minutes(10);
        assertEquals(List.of("firing HIGH p33_permit_denied:*", "firing HIGH p33_permit_denied:stale"), told);
        insight.calm();
        minutes(10);
        assertEquals(
                List.of("resolved HIGH p33_permit_denied:*", "resolved HIGH p33_permit_denied:stale"),
                told.subList(2, told.size()));
    }
}
