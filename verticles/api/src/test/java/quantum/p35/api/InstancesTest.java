package quantum.p35.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class InstancesTest {

    @Test
    void theFigureIsTheLargestThatAnyRunningInstanceKnows(Vertx vertx) {
        Instances<Double> lags = Instances.of(vertx, "lag");
        assertEquals(Double.NaN, lags.max(lag -> lag), "none runs");
        lags.add(3.0);
        lags.add(7.0);
        lags.add(Double.NaN);
        assertEquals(7, lags.max(lag -> lag));
        lags.remove(7.0);
        assertEquals(3, lags.max(lag -> lag));
        lags.remove(3.0);
        assertEquals(Double.NaN, lags.max(lag -> lag), "the last does not know it");
    }

    @Test
    void whatEachHasOfItsOwnIsSummed(Vertx vertx) {
        Instances<Integer> watchers = Instances.of(vertx, "watchers");
        assertEquals(0, watchers.sum(count -> count), "none runs");
        watchers.add(3);
        watchers.add(4);
        assertEquals(7, watchers.sum(count -> count));
    }

    @Test
    void onlyTheFirstOfTheProcessRegistersGauges(Vertx vertx) {
        Instances<String> all = Instances.of(vertx, "ingest");
        assertTrue(all.add("first"));
        all.remove("first");
        assertFalse(all.add("the next one"), "it took over the gauges");
    }

    @Test
    void allOfAProcessMeetUnderTheirName(Vertx vertx) {
        assertSame(Instances.of(vertx, "ingest"), Instances.of(vertx, "ingest"));
    }
}
