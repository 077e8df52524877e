// firebase.js FOLDER PORT: serves a folder by superstatic, the server of Firebase Hosting, without a rule of any kind.
const superstatic = require("superstatic");

const [folder, port] = process.argv.slice(2);
superstatic
    .server({ port: Number(port), host: "127.0.0.1", hostname: "127.0.0.1", cwd: folder, errorPage: require("path").join(folder, "404.html"),
        config: { public: "." } })
    .listen();
