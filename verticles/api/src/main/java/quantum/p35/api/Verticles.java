package quantum.p35.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.vertx.codegen.annotations.Nullable;
import java.util.List;

/** Which verticles run, and which should? In a cluster of processes each of them, a node, runs its own. */
public final class Verticles {

    /** As the name of a node: the process that is asked. */
    public static final String HERE = "here";

    private Verticles() {}

    /** @param node {@link #HERE}, or the name of one; null for every node */
    public record Question(@Nullable String node) {

        public Question() {
            this(null);
        }
    }

    /**
     * @param verticles in the order of the nodes
     * @param node who answers; null when it is no part of a cluster
     * @param nodes those that were asked; empty when there is no cluster
     */
    public record Answer(
            List<Deployed> verticles,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String node,

            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Node> nodes) {

        public Answer {
            verticles = List.copyOf(verticles);
            nodes = nodes == null ? List.of() : List.copyOf(nodes);
        }

        public Answer(List<Deployed> verticles) {
            this(verticles, null, List.of());
        }
    }

    /**
     * @param error why it could not be asked: then none of its verticles is listed; null when it answered
     * @param passing whether that is no trouble: it is starting or ending in order
     */
    public record Node(
            String name,
            @Nullable String error,
            @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean passing) {

        public Node(String name, String error) {
            this(name, error, false);
        }
    }

    /**
     * So many instances of this kind from now on, until the process ends.
     *
     * @param node where; null for the process that is asked
     */
    public record Scale(
            String name, int instances, @Nullable String node) {

        public Scale(String name, int instances) {
            this(name, instances, null);
        }
    }

    /**
     * New instances with fresh configuration first, then the old ones go.
     *
     * @param node where; null for the process that is asked
     */
    public record Redeploy(String name, @Nullable String node) {

        public Redeploy(String name) {
            this(name, null);
        }
    }

    /**
     * No instance of this kind any more, until it is scaled or redeployed.
     *
     * @param node where; null for the process that is asked
     */
    public record Undeploy(String name, @Nullable String node) {

        public Undeploy(String name) {
            this(name, null);
        }
    }

    /**
     * @param wanted instances that the configuration asks for, or whoever scaled it last
     * @param running instances that are deployed
     * @param error why it could not be deployed, or not with its new configuration; null when nothing is wrong
     * @param node where; null when there is no cluster
     */
    public record Deployed(
            String name,
            int wanted,
            int running,
            @Nullable String error,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String node) {

        public Deployed(String name, int wanted, int running, String error) {
            this(name, wanted, running, error, null);
        }
    }
}
