import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.neo4j.configuration.GraphDatabaseSettings;
import org.neo4j.configuration.connectors.BoltConnector;
import org.neo4j.configuration.connectors.HttpConnector;
import org.neo4j.configuration.helpers.SocketAddress;
import org.neo4j.dbms.api.DatabaseManagementService;
import org.neo4j.dbms.api.DatabaseManagementServiceBuilder;
import org.neo4j.graphdb.GraphDatabaseService;

/** Neo4j Community on loopback for development and tests. Arguments: HOME PORT PASSWORD_FILE [keep-plans]. */
public final class Neo4jServer {
    public static void main(String[] args) throws Exception {
        SocketAddress address = new SocketAddress("127.0.0.1", Integer.parseInt(args[1]));
        DatabaseManagementServiceBuilder built = new DatabaseManagementServiceBuilder(Path.of(args[0]))
            .setConfig(BoltConnector.enabled, true)
            .setConfig(BoltConnector.listen_address, address)
            .setConfig(BoltConnector.advertised_address, address)
            .setConfig(HttpConnector.enabled, false)
            .setConfig(GraphDatabaseSettings.auth_enabled, true)
            .setConfig(GraphDatabaseSettings.pagecache_memory, 256L << 20);
        if (args.length > 3 && args[3].equals("keep-plans")) {
            built.setConfig(GraphDatabaseSettings.query_statistics_divergence_threshold, 1.0);
        }
        DatabaseManagementService server = built.build();
        Runtime.getRuntime().addShutdownHook(new Thread(server::shutdown));
        try {
            setPassword(server, Files.readString(Path.of(args[2])).strip());
        } catch (Exception error) {
            error.printStackTrace();
            System.exit(1);
        }
        System.out.println("ready");
        Thread.currentThread().join();
    }

    private static void setPassword(DatabaseManagementService server, String password) {
        String fresh = "SHOW USERS YIELD user, passwordChangeRequired AS fresh WHERE user = 'neo4j' RETURN fresh";
        GraphDatabaseService system = server.database("system");
        boolean unset = system.executeTransactionally(fresh, Map.of(), rows -> (Boolean) rows.next().get("fresh"));
        if (!unset) {
            return;
        }
        String statement = "ALTER USER neo4j SET PLAINTEXT PASSWORD $password CHANGE NOT REQUIRED";
        system.executeTransactionally(statement, Map.of("password", password));
    }
}
