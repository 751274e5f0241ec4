package quantum.p35.runtime;

import static org.junit.jupiter.api.Assertions.assertTrue;

/** Assertions on messages that show the message. */
final class Text {

    private Text() {}

    static void startsWith(String expected, String text) {
        assertTrue(text.startsWith(expected), () -> "expected to begin with\n" + expected + "\nbut was\n" + text);
    }

    static void contains(String expected, String text) {
        assertTrue(text.contains(expected), () -> "expected to contain\n" + expected + "\nbut was\n" + text);
    }
}
