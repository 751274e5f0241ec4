package quantum.p35.runtime;

import java.util.List;

/** Why the service cannot start, for the person who started it: everything that was found, a sentence each. */
final class StartProblem extends Exception {

    private static final long serialVersionUID = 1;

    StartProblem(List<String> problems) {
        super(problems.size() == 1 ? problems.getFirst() : "\n  - " + String.join("\n  - ", problems));
    }

    StartProblem(String problem) {
        this(List.of(problem));
    }
}
