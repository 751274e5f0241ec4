package quantum.p35.api;

import java.util.List;

/** Which verticles run, and which should? */
public final class Verticles {

    private Verticles() {}

    public record Question() {}

    public record Answer(List<Deployed> verticles) {}

    /** So many instances of this kind from now on, until the process ends. */
    public record Scale(String name, int instances) {}

    /** New instances with fresh configuration first, then the old ones go. */
    public record Redeploy(String name) {}

    /** No instance of this kind any more, until it is scaled or redeployed. */
    public record Undeploy(String name) {}

    /**
     * @param wanted instances that the configuration asks for, or whoever scaled it last
     * @param running instances that are deployed
     * @param error why it could not be deployed, or not with its new configuration; null when nothing is wrong
     */
    public record Deployed(String name, int wanted, int running, String error) {}
}
