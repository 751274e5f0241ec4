package quantum.p35.browser;

import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import quantum.p35.api.State;

class AnswerTest {

    @RegisterExtension
    static final Stage stage = new Stage();

    private final Traffic traffic = new Traffic(stage);
    private final Page page = stage.page();

    @ParameterizedTest
    @EnumSource(
            value = State.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"REDIS_DOWN", "BEHIND"})
    void everyStateIsShownAsItsWordAndSentence(State state) {
        traffic.only(state);
        page.open("");
        page.awaitAttribute("[data-state]", "data-state", state.name());
    }
}
