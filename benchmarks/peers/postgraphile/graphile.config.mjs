// Peer (e): PostGraphile 5 with its recommended preset, over the same rows in PostgreSQL.
import { PostGraphileAmberPreset } from "postgraphile/presets/amber";
import { makePgService } from "postgraphile/adaptors/pg";

export default {
  extends: [PostGraphileAmberPreset],
  pgServices: [makePgService({ connectionString: process.env.PEER_DATABASE, schemas: ["public"] })],
  grafserv: { port: Number(process.env.PEER_PORT), host: "127.0.0.1", graphiql: false, watch: false },
  grafast: { explain: false },
};
