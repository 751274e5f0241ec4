package quantum.p35.dashboard;

import io.vertx.core.Future;
import java.util.function.Supplier;

/** A question that is wanted more often than it can be answered: while one is under way, one more waits, not many. */
final class OneAtATime {

    private final Supplier<Future<?>> question;
    private boolean underWay;
    private boolean again;

    OneAtATime(Supplier<Future<?>> question) {
        this.question = question;
    }

    void ask() {
        if (underWay) {
            again = true;
            return;
        }
        underWay = true;
        question.get().onComplete(done -> {
            underWay = false;
            if (again) {
                again = false;
                ask();
            }
        });
    }
}
