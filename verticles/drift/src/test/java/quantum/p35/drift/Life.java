package quantum.p35.drift;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import quantum.p35.api.Alert;
import quantum.p35.api.AlertChange;
import quantum.p35.api.GateCatalogue;
import quantum.p35.api.Keys;
import quantum.p35.api.Severity;
import quantum.p35.api.Silence;
import quantum.p35.api.State;
import quantum.p35.api.Window;
import quantum.p35.api.WindowName;
import quantum.p35.api.WindowsUpdated;
import quantum.p35.testkit.Catalogues;

/**
 * An hour of looks in milliseconds: what the rules are to say and when, and then what the book made of it. Times are
 * {@code m:ss} since the begin; a look is every 10 s.
 */
final class Life {

    static final Instant BEGIN = Instant.parse("2026-02-01T14:00:00Z");
    static final String GATE = "p33_permit_denied:stale";

    private static final Duration LOOK = Duration.ofSeconds(10);
    private static final GateCatalogue CATALOGUE = Catalogues.fromConf();

    private record Subject(String rule, String reason) {}

    /**
     * @param severity null: clear, unless it holds
     * @param empty it saw no decisions
     */
    private record Said(Severity severity, boolean holds, boolean empty) {}

    private final Map<Subject, TreeMap<Instant, Said>> script = new LinkedHashMap<>();
    private final Map<Instant, List<Runnable>> deeds = new TreeMap<>();
    private final List<String> entries = new ArrayList<>();
    private final List<String> changes = new ArrayList<>();
    private final List<Alert> told = new ArrayList<>();
    private Streaks streaks = new Streaks();
    private final AlertRules rules;
    private Ledger ledger = new Ledger(Map.of(), Map.of());
    private Instant now = BEGIN;
    private boolean blind;

    Life() {
        this(AlertRules.DEFAULT);
    }

    Life(AlertRules rules) {
        this.rules = rules;
    }

    /** From then on this rule fires about this; until something else is said. */
    Life fires(String at, String rule, String reason, Severity severity) {
        return says(at, rule, reason, new Said(severity, false, false));
    }

    Life fires(String at, Severity severity) {
        return fires(at, AlertRules.GATE_SHARE, GATE, severity);
    }

    Life clear(String at, String rule, String reason) {
        return says(at, rule, reason, new Said(null, false, false));
    }

    Life clear(String at) {
        return clear(at, AlertRules.GATE_SHARE, GATE);
    }

    Life holds(String at, String rule, String reason) {
        return says(at, rule, reason, new Said(null, true, false));
    }

    Life holds(String at) {
        return holds(at, AlertRules.GATE_SHARE, GATE);
    }

    /** It holds, since there are no decisions. */
    Life sawNothing(String at) {
        return says(at, AlertRules.GATE_SHARE, GATE, new Said(null, true, true));
    }

    private Life says(String at, String rule, String reason, Said said) {
        script.computeIfAbsent(new Subject(rule, reason), key -> new TreeMap<>())
                .put(at(at), said);
        return this;
    }

    Life silence(String at, String gate, String until) {
        return at(
                at,
                life -> life.ledger =
                        life.ledger.with(new Silence("s1", gate, null, life.now, at(until), "ann", "known")));
    }

    Life unsilence(String at) {
        return at(
                at,
                life -> life.ledger = life.ledger.without(life.ledger.silences().get("s1")));
    }

    Life acknowledge(String at) {
        return at(at, life -> life.ledger.alerts().values().forEach(alert -> {
            Draft draft = Draft.of(alert);
            draft.acknowledged = new Alert.Acknowledgement("ann", "", life.now);
            life.ledger = life.ledger.after(Edit.of(draft.alert(), new AlertChange.Acknowledged(draft.alert())));
        }));
    }

    /** No windows from now on, or windows again. */
    Life blind(String at, boolean cannotTell) {
        return at(at, life -> life.blind = cannotTell);
    }

    /** What is only in memory is lost. */
    void restart() {
        streaks = new Streaks();
    }

    /** What else happens before the look of then. */
    Life at(String at, Consumer<Life> deed) {
        deeds.computeIfAbsent(at(at), key -> new ArrayList<>()).add(() -> deed.accept(this));
        return this;
    }

    Life until(String end) {
        for (; !now.isAfter(at(end)); now = now.plus(LOOK)) {
            deeds.getOrDefault(now, List.of()).forEach(Runnable::run);
            look();
        }
        return this;
    }

    private void look() {
        List<Standing> standings = List.of();
        if (blind) {
            streaks.broken();
        } else {
            List<Evaluation> evaluations = new ArrayList<>();
            script.forEach((subject, said) -> evaluations.add(evaluation(subject, said)));
            standings = streaks.look(
                    evaluations, ledger.alerts().values(), rules.timing().looks());
        }
        Edit edit = new AlertBook(rules, new Wording(windows(), CATALOGUE, Keys.DEFAULT)).look(ledger, standings, now);
        ledger = ledger.after(edit);
        edit.entries().forEach(alert -> {
            told.add(alert);
            entries.add(clock() + " " + alert.state().word() + " " + alert.severity() + " " + alert.reason());
        });
        edit.changes()
                .forEach(change -> changes.add(clock() + " " + change.getClass().getSimpleName() + " "
                        + change.alert().severity()));
    }

    private Evaluation evaluation(Subject subject, TreeMap<Instant, Said> script) {
        Map.Entry<Instant, Said> last = script.floorEntry(now);
        Said said = last == null ? new Said(null, false, false) : last.getValue();
        Verdict verdict = said.holds ? Verdict.HOLDS : said.severity == null ? Verdict.CLEAR : Verdict.FIRES;
        Figures figures =
                said.empty ? Figures.none() : said.severity == null ? Figures.of(30, 300) : Figures.of(210, 300);
        return new Evaluation(
                subject.rule,
                subject.reason,
                WindowName.FIVE_MINUTES,
                verdict,
                said.severity,
                figures,
                "because",
                said.severity == null ? List.of() : List.of(new Alert.Symbol("BTCUSDT", 120)));
    }

    private WindowsUpdated windows() {
        Window window = new Window(WindowName.FIVE_MINUTES, now.minusSeconds(300), now, 300);
        WindowsUpdated.Counts counts = new WindowsUpdated.Counts(window, Map.of(), List.of(), 0, Map.of(), 0, 0);
        return new WindowsUpdated(now, State.BLOCKED, List.of(counts), now, Duration.ZERO);
    }

    static Instant at(String time) {
        String[] parts = time.split(":");
        return BEGIN.plusSeconds(60 * Long.parseLong(parts[0]) + Long.parseLong(parts[1]));
    }

    private String clock() {
        Duration since = Duration.between(BEGIN, now);
        return "%d:%02d".formatted(since.toMinutes(), since.toSecondsPart());
    }

    /** {@code 0:20 firing HIGH p33_permit_denied:stale} for each entry of the stream. */
    List<String> entries() {
        return List.copyOf(entries);
    }

    /** The alerts of these entries. */
    List<Alert> told() {
        return List.copyOf(told);
    }

    /** {@code 0:20 Raised HIGH} for each message on the bus. */
    List<String> changes() {
        return List.copyOf(changes);
    }

    /** As it stands in Redis; null when it is not there. */
    Alert alert(String reason) {
        return ledger.alerts().get(reason);
    }

    Ledger ledger() {
        return ledger;
    }
}
