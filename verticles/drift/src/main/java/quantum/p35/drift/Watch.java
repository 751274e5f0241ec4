package quantum.p35.drift;

import io.vertx.core.Future;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quantum.p35.api.Addresses;
import quantum.p35.api.Alert;
import quantum.p35.api.Ask;
import quantum.p35.api.Symbols;
import quantum.p35.api.WindowName;

/**
 * Looks now and then: asks the rules, and where this instance is the one that decides, lets the book do what follows.
 *
 * <p>An instance that stands by looks as well: when it takes over it knows for how long everything has been so.
 */
final class Watch {

    private static final Logger LOG = LoggerFactory.getLogger(Watch.class);
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    /** While all is well: 1 000 symbols with 50 gates each would be megabytes at every look. */
    private static final int FEW_GATES = 8;
    /** As many as insight gives: all that a symbol has. */
    private static final int ALL_GATES = 5000;

    private final EventBus bus;
    private final Known known;
    private final AlertStore store;
    private final AlertEditor editor;
    private final Supplier<Future<Boolean>> decides;
    private final Streaks streaks = new Streaks();
    private Seen seen;

    /**
     * @param standings empty when the look could not tell
     * @param ledger as it is after the look
     * @param unreadable what in Redis cannot be read, a sentence each
     */
    record Seen(Instant at, List<Standing> standings, Ledger ledger, List<String> unreadable) {

        Seen after(Edit edit) {
            return new Seen(at, standings, ledger.after(edit), unreadable);
        }

        boolean firing(String reason) {
            Alert alert = ledger.alerts().get(reason);
            return alert != null && alert.state() == Alert.State.FIRING;
        }
    }

    /** @param decides asked at each look: only one instance may; fails when nobody can tell which one */
    Watch(EventBus bus, Known known, AlertStore store, AlertEditor editor, Supplier<Future<Boolean>> decides) {
        this.bus = bus;
        this.known = known;
        this.store = store;
        this.editor = editor;
        this.decides = decides;
    }

    /** Fails when Redis could not be read or written; then nothing has changed, and the next look makes up for it. */
    Future<Seen> look() {
        return store.read()
                .compose(read -> symbols(read.ledger()).compose(symbols -> {
                    Instant now = known.now();
                    List<Standing> standings = standings(read.ledger(), symbols, now);
                    Seen before = new Seen(now, standings, read.ledger(), read.unreadable());
                    return decides.get()
                            .compose(ours -> ours
                                    ? editor.edit(read, ledger -> known.book().look(ledger, standings, now))
                                            .map(before::after)
                                    : Future.succeededFuture(before));
                }))
                .onSuccess(done -> seen = done)
                .onFailure(error -> streaks.broken());
    }

    private List<Standing> standings(Ledger ledger, List<Symbols.SymbolCount> symbols, Instant now) {
        if (!known.fresh(now)) {
            streaks.broken();
            return List.of();
        }
        return streaks.look(
                evaluations(ledger, symbols, now),
                ledger.alerts().values(),
                known.rules().timing().looks());
    }

    private List<Evaluation> evaluations(Ledger ledger, List<Symbols.SymbolCount> symbols, Instant now) {
        Look look = new Look(now, known.windows(), symbols, ledger.alerts());
        return Evaluations.of(look, known.rules(), known.catalogue());
    }

    /** With a few gates each; with all when there is an alert to tell, whose symbols must be right. */
    private Future<List<Symbols.SymbolCount>> symbols(Ledger ledger) {
        return symbols(FEW_GATES).compose(few -> {
            Instant now = known.now();
            boolean cut = few != null
                    && few.stream().anyMatch(symbol -> symbol.gates().size() == FEW_GATES);
            return cut && known.fresh(now) && tells(ledger, few, now)
                    ? symbols(ALL_GATES).map(all -> all == null ? few : all)
                    : Future.succeededFuture(few);
        });
    }

    private boolean tells(Ledger ledger, List<Symbols.SymbolCount> symbols, Instant now) {
        return ledger.alerts().values().stream().anyMatch(alert -> alert.state() == Alert.State.FIRING)
                || evaluations(ledger, symbols, now).stream().anyMatch(Evaluation::fires);
    }

    /** Null when nobody answers: the rules say what they can without. */
    private Future<List<Symbols.SymbolCount>> symbols(int gates) {
        return Ask.<Symbols.Answer>question(
                        bus,
                        Addresses.INSIGHT_SYMBOLS,
                        new Symbols.Question(WindowName.FIFTEEN_MINUTES, gates),
                        PATIENCE)
                .map(Message::body)
                .map(Symbols.Answer::symbols)
                .onFailure(error -> LOG.debug("no symbols at this look: {}", error.getMessage()))
                .otherwise((List<Symbols.SymbolCount>) null);
    }

    /** Null before the first look. */
    Seen seen() {
        return seen;
    }
}
