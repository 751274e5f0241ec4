package quantum.p35.embedded;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A tiny blocking Redis client (RESP2, loopback): to see whether a server is ready, and for a test's own look at Redis,
 * which must not go through the client under test. Not for two threads at a time.
 */
public final class RespClient implements AutoCloseable {

    /** Redis answered with an error; the message is Redis' own: {@code WRONGTYPE Operation against …}. */
    public static final class RedisError extends RuntimeException {
        private static final long serialVersionUID = 1L;

        RedisError(String message) {
            super(message);
        }
    }

    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;

    /**
     * @param patience how long to wait for the connection and for each answer
     * @throws IOException when nobody listens there
     */
    public RespClient(int port, Duration patience) throws IOException {
        int millis = Math.toIntExact(patience.toMillis());
        socket = new Socket();
        try {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), millis);
            socket.setSoTimeout(millis);
            socket.setTcpNoDelay(true);
            in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
            out = new BufferedOutputStream(socket.getOutputStream());
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /**
     * @return a String, a Long, a List of these, or null; in a list an error is a {@link RedisError} element
     * @throws RedisError when the answer is an error
     * @throws UncheckedIOException when there is no answer
     */
    public Object call(String... command) {
        return call(Arrays.stream(command)
                .map(part -> part.getBytes(StandardCharsets.UTF_8))
                .toList());
    }

    /** The same for arguments that are no text, such as broken UTF-8. */
    public Object call(List<byte[]> command) {
        try {
            write("*" + command.size());
            for (byte[] part : command) {
                write("$" + part.length);
                out.write(part);
                write("");
            }
            out.flush();
            Object answer = read();
            if (answer instanceof RedisError error) {
                throw error;
            }
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException("no answer from Redis on port " + socket.getPort() + ": " + e, e);
        }
    }

    private void write(String line) throws IOException {
        out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    private Object read() throws IOException {
        int type = in.readByte();
        String line = line();
        return switch (type) {
            case '+' -> line;
            case '-' -> new RedisError(line);
            case ':' -> Long.valueOf(line);
            case '$' -> bulk(Integer.parseInt(line));
            case '*' -> array(Integer.parseInt(line));
            default -> throw new IOException("not RESP2: " + (char) type + line);
        };
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\r'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("connection closed");
            }
            line.append((char) c);
        }
        in.readByte();
        return line.toString();
    }

    private String bulk(int length) throws IOException {
        if (length < 0) {
            return null;
        }
        byte[] bytes = in.readNBytes(length);
        in.skipNBytes(2);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private List<Object> array(int length) throws IOException {
        if (length < 0) {
            return null;
        }
        List<Object> items = new ArrayList<>(length);
        for (int i = 0; i < length; i++) {
            items.add(read());
        }
        return items;
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
