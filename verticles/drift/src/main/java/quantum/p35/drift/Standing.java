package quantum.p35.drift;

import quantum.p35.api.Severity;

/**
 * What a rule says about a thing, and for how long it has.
 *
 * @param fires looks in a row that it fires, counted no further than needed
 * @param held the severity that held at every look that is needed; null when it does not fire for long enough
 * @param over whether it was clear for long enough
 */
record Standing(Evaluation evaluation, int fires, Severity held, boolean over) {}
