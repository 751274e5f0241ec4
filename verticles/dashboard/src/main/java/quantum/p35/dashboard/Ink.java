package quantum.p35.dashboard;

import quantum.p35.api.Explain;
import quantum.p35.api.GateKind;
import quantum.p35.api.HealthReport.Level;
import quantum.p35.api.Outcome;
import quantum.p35.api.Severity;
import quantum.p35.api.State;

/** ANSI colours, or none. Colour only repeats what the words say, and is put on after padding. */
enum Ink {
    PLAIN,
    COLOUR;

    private static final String GREEN = "32";
    private static final String YELLOW = "33";
    private static final String RED = "31";
    private static final String GREY = "90";
    private static final String MAGENTA = "35";

    private String paint(String code, String text) {
        return this == PLAIN || text.isEmpty() ? text : "\033[" + code + "m" + text + "\033[0m";
    }

    String bold(String text) {
        return paint("1", text);
    }

    String quiet(String text) {
        return paint(GREY, text);
    }

    String alarm(String text) {
        return paint("1;" + YELLOW, text);
    }

    String of(State state, String text) {
        return paint(
                "1;"
                        + switch (state) {
                            case TRADING -> GREEN;
                            case HOLDING, NOT_TRADING, UNCLEAR, NO_DATA -> YELLOW;
                            case BLOCKED, SILENT, BEHIND, REDIS_DOWN -> RED;
                        },
                text);
    }

    String of(Outcome outcome, String text) {
        return paint(
                switch (outcome) {
                    case EXECUTE -> GREEN;
                    case SKIP -> GREY;
                    case BLOCKED -> YELLOW;
                    case ERROR -> RED;
                    case UNKNOWN -> MAGENTA;
                },
                text);
    }

    String of(GateKind kind, String text) {
        return switch (kind) {
            case BLOCKING -> paint(YELLOW, text);
            case ERROR -> paint(RED, text);
            case QUALITY -> paint(MAGENTA, text);
            case BENIGN, PASSED, NONE -> quiet(text);
        };
    }

    String of(Level level, String text) {
        return paint(
                switch (level) {
                    case UP -> GREEN;
                    case DEGRADED -> YELLOW;
                    case DOWN -> "1;" + RED;
                },
                text);
    }

    String of(Explain.Status status, String text) {
        return switch (status) {
            case FIRING -> paint("1;" + RED, text);
            case PENDING -> paint(YELLOW, text);
            case UNDECIDED -> paint(MAGENTA, text);
            case INACTIVE -> quiet(text);
        };
    }

    /** @param severity null is under every threshold */
    String of(Severity severity, String text) {
        return switch (severity) {
            case null -> text;
            case MEDIUM -> paint(YELLOW, text);
            case HIGH, CRITICAL -> paint("1;" + RED, text);
        };
    }
}
