import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.node.InternalSettingsPreparer;
import org.elasticsearch.node.Node;
import org.elasticsearch.transport.Netty4Plugin;

/** Runs one node of Elasticsearch with the settings that its arguments give as name=value. */
public final class Main extends Node {
    private Main(Settings settings) {
        super(InternalSettingsPreparer.prepareEnvironment(settings, Map.of(), null, () -> "node"),
            List.of(Netty4Plugin.class), true);
    }

    public static void main(String[] arguments) throws Exception {
        var settings = Settings.builder();
        for (var argument : arguments) {
            var setting = argument.split("=", 2);
            settings.put(setting[0], setting[1]);
        }
        var node = new Main(settings.build());
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(node)));
        node.start();
        // The threads of the node do not keep the process alive.
        Thread.currentThread().join();
    }

    private static void stop(Node node) {
        try {
            node.close();
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }
}
