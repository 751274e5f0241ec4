package quantum.p35.simulator;

/** A plan of the trading system. @param text how its situation is put; may be empty */
record Plan(String id, String symbol, Situation situation, String text) {

    /** The same plan, seen again. */
    Plan repeated() {
        return new Plan(
                id, symbol, Situation.REPEATED, Situation.REPEATED.texts().getFirst());
    }
}
