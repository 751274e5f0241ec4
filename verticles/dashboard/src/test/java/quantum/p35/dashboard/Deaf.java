package quantum.p35.dashboard;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * A program that is let in and never reads again. By a plain socket: the client of Vert.x, paused or not, goes on reading to
 * the end of a frame.
 */
final class Deaf implements AutoCloseable {

    private static final int SMALLEST_BUFFER = 4096;
    private static final int LONGEST_SHORT = 125;

    private final Socket socket = new Socket();
    private final boolean sockJs;

    Deaf(int port, boolean sockJs) throws IOException {
        this.sockJs = sockJs;
        socket.setReceiveBufferSize(SMALLEST_BUFFER);
        socket.connect(new InetSocketAddress("127.0.0.1", port));
        String path = sockJs ? "/eventbus/000/" + UUID.randomUUID() + "/websocket" : Program.RAW;
        socket.getOutputStream()
                .write(("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + port
                                + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        StringBuilder answer = new StringBuilder();
        while (answer.indexOf("\r\n\r\n") < 0) {
            answer.append((char) socket.getInputStream().read());
        }
        assertTrue(answer.toString().startsWith("HTTP/1.1 101"), answer::toString);
    }

    /** False when the connection is gone. */
    boolean say(String frame) {
        byte[] text = (sockJs ? new JsonArray().add(frame).encode() : frame).getBytes(StandardCharsets.UTF_8);
        // masked, as a client must, with a mask of zeros
        ByteBuffer bytes = ByteBuffer.allocate(text.length + 8).put((byte) 0x81);
        if (text.length > LONGEST_SHORT) {
            bytes.put((byte) (0x80 | 126)).putShort((short) text.length);
        } else {
            bytes.put((byte) (0x80 | text.length));
        }
        bytes.putInt(0).put(text);
        try {
            socket.getOutputStream().write(bytes.array(), 0, bytes.position());
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
