package quantum.p35.api;

import java.util.List;

/** Which verticles run? */
public final class Verticles {

    private Verticles() {}

    public record Question() {}

    public record Answer(List<Deployed> verticles) {}

    /**
     * @param wanted instances that the configuration asks for
     * @param running instances that are deployed
     * @param error why it could not be deployed; null when nothing is wrong
     */
    public record Deployed(String name, int wanted, int running, String error) {}
}
