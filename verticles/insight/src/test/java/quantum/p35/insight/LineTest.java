package quantum.p35.insight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import quantum.p35.api.Failure;

class LineTest {

    private final Line line = new Line(2, 2);
    private final List<Promise<String>> begun = new ArrayList<>();

    private Future<String> ask() {
        return line.ask(() -> {
            begun.add(Promise.promise());
            return begun.getLast().future();
        });
    }

    @Test
    void aFewAreUnderWayAndTheOthersTakeTheirTurn() {
        List<Future<String>> asked = List.of(ask(), ask(), ask(), ask());
        assertEquals(2, begun.size());

        begun.get(1).complete("second");
        assertEquals("second", asked.get(1).result());
        assertEquals(3, begun.size());
        begun.get(2).fail("third");
        assertTrue(asked.get(2).failed());
        assertEquals(4, begun.size());
        begun.get(3).complete("fourth");
        assertEquals("fourth", asked.get(3).result());
        assertFalse(asked.get(0).isComplete());
    }

    @Test
    void whoFindsNoPlaceIsToldToAskAgain() {
        List<Future<String>> asked = List.of(ask(), ask(), ask(), ask());
        Future<String> tooMany = ask();
        assertEquals(Failure.UNAVAILABLE, Failure.of(tooMany.cause()));
        assertEquals(
                "busy: 2 such questions wait already; ask again in a moment",
                tooMany.cause().getMessage());

        begun.get(0).complete("first");
        assertFalse(ask().isComplete(), "there is a place again");
        assertFalse(asked.get(3).isComplete());
    }

    @Test
    void aQuestionThatThrowsLeavesItsPlace() {
        for (int i = 0; i < 3; i++) {
            Future<String> wrong = line.ask(() -> {
                throw new IllegalArgumentException("step is missing");
            });
            assertEquals("step is missing", wrong.cause().getMessage());
        }
        ask();
        assertEquals(1, begun.size());
    }
}
