package quantum.p35.insight;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import quantum.p35.api.CatalogueEntry;
import quantum.p35.api.Failure;
import quantum.p35.api.GateCatalogue;
import quantum.p35.api.Guide;

/** Finds a gate's guide, and near names when there is none. */
final class GuideBook {

    private static final int NEAR = 3;
    private static final int MAX_SHOWN = 80;

    private GuideBook() {}

    /** Fails with NOT_FOUND when nobody knows the code, alias or family ({@code x:*}). */
    static Guide.Answer answer(GateCatalogue catalogue, Guide.Question question) {
        if (question.gate() == null) {
            return new Guide.Answer(catalogue.entries());
        }
        String gate = question.gate().strip();
        CatalogueEntry entry =
                catalogue.entry(gate).orElseThrow(() -> Failure.NOT_FOUND.because(unknown(catalogue, cut(gate))));
        return new Guide.Answer(List.of(entry));
    }

    private static String cut(String gate) {
        return gate.length() <= MAX_SHOWN ? gate : gate.substring(0, MAX_SHOWN) + "…";
    }

    /** Names what was perhaps meant. */
    private static String unknown(GateCatalogue catalogue, String gate) {
        String wanted = gate.toLowerCase(Locale.ROOT);
        List<String> near = catalogue.entries().stream()
                .flatMap(entry -> Stream.concat(
                        Stream.of(entry.code()), entry.details().stream().map(detail -> entry.code() + ":" + detail)))
                .filter(code -> distance(wanted, code) <= NEAR
                        || (wanted.length() >= NEAR
                                && code.toLowerCase(Locale.ROOT).contains(wanted)))
                .sorted(Comparator.comparingInt((String code) -> distance(wanted, code))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(NEAR)
                .toList();
        return "the gate catalogue has no gate '" + gate + "'"
                + (near.isEmpty()
                        ? "; ask for the guide without a gate to see all of them. If it is the rule of an alert, ./p35"
                                + " explain " + gate + " says why it fires, and docs/alerts.md what it is about"
                        : "; did you mean " + String.join(", ", near) + "?");
    }

    /** Levenshtein's edit distance. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int above = row[j];
                int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(change, 1 + Math.min(above, row[j - 1]));
                diagonal = above;
            }
        }
        return row[b.length()];
    }
}
