package quantum.p35.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import quantum.p35.api.Gate;
import quantum.p35.api.GateCatalogue;
import quantum.p35.api.GateKind;
import quantum.p35.testkit.Catalogues;

class MoodTest {

    private static final Set<String> GIVEN_BY_THE_NORMALISER = Set.of("none", "dry_run", "unreported_gate");

    private final GateCatalogue catalogue = Catalogues.fromConf();

    @ParameterizedTest
    @EnumSource(Mood.class)
    void everyTextMeansItsGateInOurCatalogue(Mood mood) {
        for (Situation situation : mood.situations()) {
            for (String text : situation.texts()) {
                Gate meant = catalogue.match(text.replace("<S>", "BTCUSDT").replace("<n>", "42"));
                if (GIVEN_BY_THE_NORMALISER.contains(situation.gate())) {
                    assertTrue(text.isEmpty() || meant.kind() == GateKind.PASSED, text);
                } else {
                    assertEquals(situation.gate(), meant.code(), text);
                }
            }
        }
    }
}
