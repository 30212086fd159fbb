# servers.sh: real web servers around naslag.cgi, on 127.0.0.1.  Sourced behind
# naslag.sh.
#
#    serve KIND        starts lighttpd or apache with the endpoint at /zoek and
#                      the sample at /documenten; $here is its address
#    serving_end       ends what serve started
#    has_server KIND   is it there?
#
# They run without rights when we are root, and log to $scratch/www.

PATH=$PATH:/usr/sbin:/sbin
apache_modules=${APACHE_MODULES:-/usr/lib/apache2/modules}
server_pid=

has_server() {
	case $1 in
	lighttpd) command -v lighttpd >/dev/null ;;
	apache) command -v apache2 >/dev/null &&
	    [ -f "$apache_modules/mod_cgid.so" ] ;;
	esac
}

lighttpd_conf() {
	cat <<END
server.bind = "127.0.0.1"
server.port = $1
server.document-root = "$www"
server.errorlog = "$www/errors"
server.breakagelog = "$www/naslag.log"
server.modules = ( "mod_alias", "mod_cgi", "mod_setenv" )
mimetype.assign = ( ".html" => "text/html", ".pdf" => "application/pdf",
    ".txt" => "text/plain; charset=utf-8", "" => "application/octet-stream" )
alias.url = ( "/zoek" => "$NASLAG_CGI", "/documenten" => "$corpus" )
setenv.set-environment = ( "NASLAG_DATA" => "$NASLAG_DATA",
    "NASLAG_INDEX" => "$NASLAG_INDEX", "NASLAG_CONF" => "$www/naslag.conf",
    "ASAN_OPTIONS" => "${ASAN_OPTIONS-}" )
\$HTTP["url"] =~ "^/zoek(\$|/)" { cgi.assign = ( "" => "" ) }
END
}

apache_conf() {
	cat <<END
ServerRoot "$www"
ServerName 127.0.0.1
Listen 127.0.0.1:$1
PidFile "$www/pid"
ErrorLog "$www/errors"
DefaultRuntimeDir "$www"
Mutex pthread
LoadModule mpm_event_module $apache_modules/mod_mpm_event.so
LoadModule authz_core_module $apache_modules/mod_authz_core.so
LoadModule alias_module $apache_modules/mod_alias.so
LoadModule env_module $apache_modules/mod_env.so
LoadModule mime_module $apache_modules/mod_mime.so
LoadModule cgid_module $apache_modules/mod_cgid.so
ScriptSock "$www/cgid"
TypesConfig /dev/null
AddType text/html .html
AddType application/pdf .pdf
AddType text/plain;charset=utf-8 .txt
StartServers 1
ThreadsPerChild 8
MinSpareThreads 1
MaxSpareThreads 16
MaxRequestWorkers 16
DocumentRoot "$www"
ScriptAlias "/zoek" "$NASLAG_CGI"
Alias "/documenten" "$corpus"
<Directory "/">
    Require all granted
</Directory>
SetEnv NASLAG_DATA "$NASLAG_DATA"
SetEnv NASLAG_INDEX "$NASLAG_INDEX"
SetEnv NASLAG_CONF "$www/naslag.conf"
SetEnv ASAN_OPTIONS "${ASAN_OPTIONS-}"
END
}

start_lighttpd() {
	$drop lighttpd -D -f "$www/conf" &
}

start_apache() {
	$drop apache2 -D FOREGROUND -f "$www/conf" &
}

# waits PID COMMAND...: until it succeeds, a minute long at most; and not
# if the process that it waits for has ended.
waits() {
	waited=$1 tries=600
	shift
	until "$@" >/dev/null 2>&1; do
		tries=$((tries - 1))
		[ "$tries" -gt 0 ] && kill -0 "$waited" 2>/dev/null || return 1
		sleep 0.1
	done
}

serving_end() {
	[ -n "$server_pid" ] || return 0
	kill "$server_pid" 2>/dev/null
	wait "$server_pid" 2>/dev/null
	server_pid=
}

# A port that is taken makes a server end at once: then another one is tried.
serve() {
	www=$scratch/www-$1
	mkdir -p "$www"
	: >"$www/favicon.ico"	# which Chromium asks of the portal
	drop=
	if [ "$(id -u)" -eq 0 ] && can_drop; then
		chown 65534 "$www"
		drop='setpriv --reuid=65534 --regid=65534 --clear-groups'
	fi
	for try in 1 2 3 4 5 6 7 8 9 10; do
		port=$((20000 + $(od -An -N2 -tu2 /dev/urandom) % 12000))
		here=http://127.0.0.1:$port
		printf 'url = %s/zoek\ndocuments = %s/documenten\n' \
		    "$here" "$here" >"$www/naslag.conf"
		"$1_conf" "$port" >"$www/conf"
		"start_$1" >"$www/said" 2>&1
		server_pid=$!
		waits $server_pid curl -sf -o "$scratch/started" "$here/zoek/stijl.css" &&
		    kill -0 "$server_pid" 2>/dev/null && return
		serving_end
	done
	sed 's/^/# /' "$www/said"
	return 1
}
