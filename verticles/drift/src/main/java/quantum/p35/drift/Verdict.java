package quantum.p35.drift;

/** What a rule says of a thing at one look. */
enum Verdict {
    /** Its condition holds. */
    FIRES,
    /** It is well out of its condition. */
    CLEAR,
    /** Neither: between the two, or not enough is known. No evidence, so it breaks a row of either. */
    HOLDS
}
