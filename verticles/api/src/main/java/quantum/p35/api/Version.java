package quantum.p35.api;

/** Which version runs: what the build wrote into the jar's manifest. */
public final class Version {

    private Version() {}

    /** For example {@code 0.1.0}; {@code development} when the classes are in no jar. */
    public static String current() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
