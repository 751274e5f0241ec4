package quantum.p35.runtime;

import java.util.List;
import java.util.function.Consumer;

/** The processes that share the event bus, by the names that people gave them. May be used from any thread. */
interface Nodes {

    /** No other process: there are no names. */
    Nodes ALONE = new Nodes() {
        @Override
        public String own() {
            return null;
        }

        @Override
        public List<String> names() {
            return List.of();
        }

        @Override
        public int expected() {
            return 0;
        }

        @Override
        public void onLeft(Consumer<String> listener) {
            // nobody can leave
        }
    };

    /** Null when this process is alone. */
    String own();

    /** Of all that are there now, in order, this one's too; empty when it is alone, or was put out of the cluster. */
    List<String> names();

    /** So many should be there, as the configuration says. */
    int expected();

    /** @param listener told the name of each that left or is gone, on any thread */
    void onLeft(Consumer<String> listener);
}
