package quantum.p35.drift;

import java.util.Optional;
import quantum.p35.api.CatalogueEntry;
import quantum.p35.api.Gate;
import quantum.p35.api.GateCatalogue;

/** What an operator may name: gates, families, rules, and whatever has an alert. */
final class Subjects {

    private Subjects() {}

    static boolean rule(String name) {
        return AlertRules.DEFAULT.rules().containsKey(name);
    }

    /** The gate of the catalogue that is called exactly so; a family when the text is {@code family:*}. */
    static Optional<Gate> gate(String name, GateCatalogue catalogue) {
        String code = Subject.family(name);
        Gate gate = catalogue.match(code);
        boolean alias = catalogue
                .entry(code)
                .map(CatalogueEntry::aliases)
                .filter(aliases -> aliases.contains(code))
                .isPresent();
        return gate.catalogued() && (alias || gate.code().equals(code)) ? Optional.of(gate) : Optional.empty();
    }

    /**
     * The name that a silence is kept under.
     *
     * @throws IllegalArgumentException when nothing is called so
     */
    static String silenced(String name, Ledger ledger, GateCatalogue catalogue) {
        if (rule(name) || ledger.alerts().containsKey(name)) {
            return name;
        }
        return gate(name, catalogue)
                .map(Gate::code)
                .orElseThrow(() -> new IllegalArgumentException("gate is '" + name + "': it must be a gate or family of"
                        + " the catalogue (./p35 guide), a rule ("
                        + String.join(", ", AlertRules.DEFAULT.rules().keySet())
                        + "), or the reason of an alert (./p35 alerts)"));
    }
}
