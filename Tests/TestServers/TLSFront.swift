extension Nginx {
    /// A `server` block that speaks TLS before a plain server on loopback, websockets included.
    ///
    /// - Parameters:
    ///   - certificate: the path of a PEM file, as is `key`.
    public static func tlsFront(on port: Int, before backend: Int, certificate: String, key: String) -> String {
        """
            map $http_upgrade $connection_upgrade { default upgrade; "" close; }
            server {
                listen 127.0.0.1:\(port) ssl;
                ssl_certificate \(certificate);
                ssl_certificate_key \(key);
                location / {
                    proxy_pass http://127.0.0.1:\(backend);
                    proxy_http_version 1.1;
                    proxy_set_header Host $host;
                    proxy_set_header Upgrade $http_upgrade;
                    proxy_set_header Connection $connection_upgrade;
                    proxy_buffering off;
                    proxy_read_timeout 1h;
                    client_max_body_size 30m;
                }
            }
        """
    }
}
