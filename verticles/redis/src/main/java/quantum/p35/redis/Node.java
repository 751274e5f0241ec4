package quantum.p35.redis;

/** One host and port. */
record Node(String host, int port) {

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
