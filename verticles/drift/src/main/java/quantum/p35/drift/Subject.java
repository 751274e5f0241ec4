package quantum.p35.drift;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import quantum.p35.api.AlertThresholds;
import quantum.p35.api.CatalogueEntry;
import quantum.p35.api.Gate;
import quantum.p35.api.GateCatalogue;
import quantum.p35.api.WindowName;

/**
 * A gate, or a family of gates, that may alert.
 *
 * @param reason the gate's code, {@code family:*} for a family
 * @param codes whose counts make it up
 * @param thresholds null when it never alerts
 */
record Subject(String reason, List<String> codes, AlertThresholds thresholds) {

    /** What stands for all details of a family at the end of a reason: {@code p33_permit_denied:*}. */
    private static final String ALL = ":*";

    /** The reason of a family's alert. */
    static String all(String family) {
        return family + ALL;
    }

    static boolean isFamily(String reason) {
        return reason.endsWith(ALL);
    }

    /** The gate or family that a reason is about. */
    static String family(String reason) {
        return isFamily(reason) ? reason.substring(0, reason.length() - ALL.length()) : reason;
    }

    /** Every gate of the last 15 minutes that may alert, and those that an alert is about. */
    static List<Subject> gates(Sight sight, GateCatalogue catalogue) {
        Set<String> codes = new LinkedHashSet<>(
                sight.base(WindowName.FIFTEEN_MINUTES).gates().keySet());
        codes.removeIf(code -> thresholds(code, sight.rules(), catalogue) == null);
        sight.look().alerts().keySet().stream()
                .filter(reason -> !sight.rules().rules().containsKey(reason) && !isFamily(reason))
                .forEach(codes::add);
        return codes.stream()
                .map(code -> new Subject(code, List.of(code), thresholds(code, sight.rules(), catalogue)))
                .toList();
    }

    /** Families of which more than one gate occurs, and those that an alert is about. */
    static List<Subject> families(Sight sight, GateCatalogue catalogue) {
        Map<String, List<String>> byFamily = new LinkedHashMap<>();
        sight.base(WindowName.ONE_HOUR).gates().keySet().forEach(code -> byFamily.computeIfAbsent(
                        catalogue.gate(code).family(), family -> new ArrayList<>())
                .add(code));
        List<Subject> families = new ArrayList<>();
        byFamily.forEach((family, codes) -> {
            AlertThresholds thresholds = thresholds(family, sight.rules(), catalogue);
            boolean known = sight.look().alerts().containsKey(all(family));
            if (known || codes.size() > 1 && thresholds != null) {
                families.add(new Subject(all(family), List.copyOf(codes), thresholds));
            }
        });
        sight.look().alerts().keySet().stream()
                .filter(Subject::isFamily)
                .filter(reason -> !byFamily.containsKey(family(reason)))
                .forEach(reason -> families.add(
                        new Subject(reason, List.of(), thresholds(family(reason), sight.rules(), catalogue))));
        return families;
    }

    private static AlertThresholds thresholds(String code, AlertRules rules, GateCatalogue catalogue) {
        Gate gate = catalogue.gate(code);
        AlertThresholds own = catalogue.entry(code).map(CatalogueEntry::alert).orElse(null);
        if (own != null) {
            return own;
        }
        return gate.kind().alarming() && !gate.repeat() ? rules.thresholds() : null;
    }
}
