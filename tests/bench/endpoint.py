#!/usr/bin/env python3
"""Measure naslag.cgi beside omega of Debian, in one run.

usage: endpoint.py CGI INDEX OMEGA DATABASE FORMAT MIME DIRECTORY

CGI answers from INDEX, OMEGA from DATABASE (of the omega.conf that
$OMEGA_CONFIG_FILE names); both hold the same files, of FORMAT as naslag names
it and MIME as omega does.  DIRECTORY takes what the web server needs.

First a process per request, the programs in turn: page and API count exactly
and show facets and passages, omega estimates and shows a stored sample.  Then
eight clients at a time, through lighttpd.  $BENCH_RUNS requests of each kind
and $BENCH_ROUNDS times as many behind the web server.
"""
import os
import socket
import statistics
import subprocess
import sys
import threading
import time
import urllib.parse

RUNS = int(os.environ.get('BENCH_RUNS', 40))
ROUNDS = int(os.environ.get('BENCH_ROUNDS', 3))
CLIENTS = 8
PROGRAMS = ('page', 'api', 'omega')
PATHS = {'page': '/', 'api': '/v1/documenten'}


def questions(kind, mime):
    """Name, parameters for naslag, parameters for omega."""
    return [
        ('common', {'q': 'artikel'}, {'P': 'artikel'}),
        ('or3', {'q': 'vergunning OF luchtvaart OF veiligheid'},
         {'P': 'vergunning OR luchtvaart OR veiligheid'}),
        ('phrase', {'q': '"algemene maatregel van bestuur"'},
         {'P': '"algemene maatregel van bestuur"'}),
        ('filter', {'q': 'belasting', 'formaat': kind},
         {'P': 'belasting', 'B': 'T' + mime}),
        ('two', {'q': 'verblijfsvergunning kind'},
         {'P': 'verblijfsvergunning kind'}),
    ]


class Setup:
    def __init__(self, cgi, index, omega, database, kind, mime, directory):
        self.programs = {'page': cgi, 'api': cgi, 'omega': omega}
        self.database = database
        self.questions = questions(kind, mime)
        self.directory = os.path.abspath(directory)
        self.settings = {
            'NASLAG_INDEX': os.path.abspath(index),
            'NASLAG_DATA': os.environ['NASLAG_DATA'],
            'NASLAG_CONF': os.path.join(self.directory, 'naslag.conf'),
            'OMEGA_CONFIG_FILE': os.environ['OMEGA_CONFIG_FILE'],
        }
        os.makedirs(self.directory, exist_ok=True)
        with open(self.settings['NASLAG_CONF'], 'w'):
            pass

    def query(self, program, ours, theirs):
        if program == 'omega':
            ours = dict(theirs, DB=self.database, FMT='bench')
        return urllib.parse.urlencode(ours)


def median(numbers):
    return statistics.median(numbers) if numbers else 0.0


def percentile(numbers, share):
    """The nearest rank of sorted numbers."""
    return numbers[max(0, -(-len(numbers) * share // 100) - 1)]


def ratio(ours, theirs):
    return f'x{ours / theirs:.2f}' if theirs > 0 else '-'


# ---- a process per request ----

def run(setup, program, query, null):
    """Wall and CPU milliseconds of one request."""
    environment = dict(setup.settings, GATEWAY_INTERFACE='CGI/1.1',
                       REQUEST_METHOD='GET', QUERY_STRING=query,
                       PATH_INFO=PATHS.get(program, ''), SCRIPT_NAME='/zoek')
    path = setup.programs[program]
    to_null = [(os.POSIX_SPAWN_DUP2, null, fd) for fd in range(3)]
    begin = time.perf_counter()
    pid = os.posix_spawn(path, [path], environment, file_actions=to_null)
    _, status, usage = os.wait4(pid, 0)
    wall = time.perf_counter() - begin
    if status != 0:
        sys.exit(f'endpoint.py: {path} failed: {query}')
    return 1000 * wall, 1000 * (usage.ru_utime + usage.ru_stime)


def measure_processes(setup):
    print('\nthe endpoint, a process per request: medians in ms, and times '
          "omega's\n"
          f'{"":8}{"page":>7}{"CPU":>7}{"":>7}{"":>7}   {"api":>7}{"CPU":>7}'
          f'{"":>7}{"":>7}   {"omega":>7}{"CPU":>7}')
    null = os.open(os.devnull, os.O_RDWR)
    for name, ours, theirs in setup.questions:
        taken = {program: [] for program in PROGRAMS}
        for _ in range(3 + RUNS):       # the first ones warm up
            for program in PROGRAMS:
                taken[program].append(run(setup, program, setup.query(
                    program, ours, theirs), null))
        wall = {p: median([t[0] for t in taken[p][3:]]) for p in PROGRAMS}
        cpu = {p: median([t[1] for t in taken[p][3:]]) for p in PROGRAMS}
        row = f'{name:8}'
        for p in PROGRAMS[:-1]:
            row += (f'{wall[p]:7.2f}{cpu[p]:7.2f}'
                    f'{ratio(wall[p], wall["omega"]):>7}'
                    f'{ratio(cpu[p], cpu["omega"]):>7}   ')
        print(row + f'{wall["omega"]:7.2f}{cpu["omega"]:7.2f}', flush=True)
    os.close(null)


# ---- eight clients through a web server ----

def free_port():
    with socket.socket() as s:
        s.bind(('127.0.0.1', 0))
        return s.getsockname()[1]


def start_server(setup):
    """lighttpd with both programs; its process and its port."""
    port = free_port()
    path = os.path.join(setup.directory, 'lighttpd.conf')
    environment = ', '.join(
        f'"{name}" => "{value}"' for name, value in setup.settings.items())
    with open(path, 'w') as f:
        f.write(f'''server.bind = "127.0.0.1"
server.port = {port}
server.document-root = "{setup.directory}"
server.modules = ( "mod_alias", "mod_cgi", "mod_setenv" )
server.breakagelog = "{setup.directory}/programs.log"
server.errorlog = "{setup.directory}/lighttpd.log"
alias.url = ( "/zoek" => "{setup.programs['page']}",
    "/omega" => "{setup.programs['omega']}" )
setenv.set-environment = ( {environment} )
cgi.assign = ( "" => "" )
''')
    server = subprocess.Popen(['lighttpd', '-D', '-f', path])
    for _ in range(100):
        try:
            socket.create_connection(('127.0.0.1', port)).close()
            return server, port
        except OSError:
            time.sleep(0.05)
    server.terminate()
    sys.exit('endpoint.py: lighttpd does not start')


def ask(port, path):
    """Milliseconds of one request, from connecting to the last byte."""
    begin = time.perf_counter()
    with socket.create_connection(('127.0.0.1', port)) as s:
        s.sendall(f'GET {path} HTTP/1.0\r\nHost: bench\r\n\r\n'.encode())
        answer = s.recv(65536)
        status = answer[:16]
        while answer:
            answer = s.recv(65536)
    if b' 200 ' not in status:
        sys.exit(f'endpoint.py: {path}: {status!r}')
    return 1000 * (time.perf_counter() - begin)


def ask_all(port, paths):
    """All paths, by CLIENTS threads at a time; sorted milliseconds."""
    waiting = list(reversed(paths))
    taken = []

    def client():
        while True:
            try:
                path = waiting.pop()
            except IndexError:
                return
            taken.append(ask(port, path))

    threads = [threading.Thread(target=client) for _ in range(CLIENTS)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    if len(taken) < len(paths):
        sys.exit('endpoint.py: a request failed')
    return sorted(taken)


def paths_of(setup, program):
    base = '/omega' if program == 'omega' else '/zoek' + PATHS[program]
    return [f'{base}?{setup.query(program, ours, theirs)}'
            for _, ours, theirs in setup.questions]


def measure_clients(setup):
    server, port = start_server(setup)
    taken = {program: [] for program in PROGRAMS}
    try:
        for _ in range(max(1, ROUNDS * RUNS // CLIENTS)):
            for program in PROGRAMS:
                taken[program] += ask_all(port, paths_of(setup, program) *
                                          CLIENTS)
    finally:
        server.terminate()
        server.wait()
    print(f'\n{CLIENTS} clients at a time through lighttpd, CGI, these '
          f'questions mixed, ms of {len(taken["page"])} requests\n'
          f'{"":8}{"p50":>8}{"p95":>8}{"p99":>8}{"over omega":>24}')
    shares = (50, 95, 99)
    omega = [percentile(sorted(taken['omega']), s) for s in shares]
    for program in PROGRAMS:
        own = [percentile(sorted(taken[program]), s) for s in shares]
        print(f'{program:8}' + ''.join(f'{n:8.2f}' for n in own) +
              ''.join(f'{ratio(n, o):>8}' for n, o in zip(own, omega)))


def main():
    setup = Setup(*sys.argv[1:])
    measure_processes(setup)
    path = os.environ.get('PATH', os.defpath) + ':/usr/sbin'
    os.environ['PATH'] = path
    if subprocess.call(['which', 'lighttpd'], stdout=subprocess.DEVNULL):
        print('\nwithout lighttpd, clients are not measured')
        return
    measure_clients(setup)


if __name__ == '__main__':
    main()
