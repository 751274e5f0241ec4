package quantum.p35.redis;

/** One host and port. @param host an IPv6 address in brackets, however it was given: sentinels leave them out */
record Node(String host, int port) {

    Node {
        host = host.indexOf(':') >= 0 && !host.startsWith("[") ? "[" + host + "]" : host;
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
