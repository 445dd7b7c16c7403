#!/usr/bin/env python3
"""Reads a trace as Perfetto does, by its own definition of the format.

check_trace.py FILE: prints how much of everything there is, as
"spans 12 moments 3 samples 5 arrows 1 tracks 4 points 2"; fails with a line for
what is wrong. If trace_processor is there, it has to find no error either.
"""
import collections
import os
import shutil
import subprocess
import sys
import tempfile


def load_definition():
    here = os.path.dirname(os.path.abspath(__file__))
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(['protoc', '--proto_path=' + here,
                        '--python_out=' + folder, 'perfetto_upstream.proto'],
                       check=True)
        sys.path.insert(0, folder)
        import perfetto_upstream_pb2
    return perfetto_upstream_pb2


def unknown_fields(message):
    """Yields the fields that the definition does not have."""
    for field in message.UnknownFields():
        yield '%s %d' % (message.DESCRIPTOR.name, field.field_number)
    for field, value in message.ListFields():
        if field.message_type is None:
            continue
        for child in value if field.label == field.LABEL_REPEATED else [value]:
            yield from unknown_fields(child)


class Interned:
    """What packets of a sequence refer to by numbers."""

    def __init__(self):
        self.tables = collections.defaultdict(dict)

    def add(self, data):
        for field, entries in data.ListFields():
            for entry in entries:
                self.tables[field.name][entry.iid] = entry

    def get(self, table, number):
        if number not in self.tables[table]:
            raise ValueError('no %s %d' % (table, number))
        return self.tables[table][number]

    def check_stack(self, number):
        for frame_number in self.get('callstacks', number).frame_ids:
            frame = self.get('frames', frame_number)
            if frame.function_name_id:
                self.get('function_names', frame.function_name_id)
            if frame.source_path_iid:
                self.get('source_paths', frame.source_path_iid)
            if not frame.mapping_id:
                continue
            mapping = self.get('mappings', frame.mapping_id)
            for path in mapping.path_string_ids:
                self.get('mapping_paths', path)
            if mapping.build_id:
                self.get('build_ids', mapping.build_id)


def check(trace, definition):
    interned = Interned()
    counts = collections.Counter()
    tracks = set()
    events = []
    for packet in trace.packet:
        interned.add(packet.interned_data)
        kind = packet.WhichOneof('data')
        if kind == 'track_descriptor':
            tracks.add(packet.track_descriptor.uuid)
        elif kind == 'perf_sample':
            counts['samples'] += 1
            if packet.perf_sample.callstack_iid:
                interned.check_stack(packet.perf_sample.callstack_iid)
        elif kind == 'track_event':
            events.append((packet.timestamp, packet.track_event))
    events.sort(key=lambda event: event[0])  # stable, as in trace_processor
    event_type = definition.TrackEvent
    depths = collections.Counter()
    arrows = set()
    for _, event in events:
        track = event.track_uuid
        if track not in tracks:
            raise ValueError('no track %d' % track)
        if event.name_iid:
            interned.get('event_names', event.name_iid)
        if event.type == event_type.TYPE_SLICE_BEGIN:
            counts['spans'] += 1
            depths[track] += 1
        elif event.type == event_type.TYPE_SLICE_END:
            depths[track] -= 1
            if depths[track] < 0:
                raise ValueError('an end without a begin')
        elif event.type == event_type.TYPE_INSTANT:
            counts['moments'] += 1
        elif event.type == event_type.TYPE_COUNTER:
            counts['points'] += 1
        arrows.update(event.flow_ids)
        counts['arrows'] += sum(i in arrows
                                for i in event.terminating_flow_ids)
    if any(depths.values()):
        raise ValueError('a begin without an end')
    counts['tracks'] = len(tracks)
    return counts


def ask_trace_processor(path):
    for name in 'trace_processor', 'trace_processor_shell':
        program = shutil.which(name)
        if program is None:
            continue
        errors = subprocess.run(
            [program, '-Q', "select name, value from stats where severity = "
             "'error' and value > 0", path],
            check=True, stdout=subprocess.PIPE, universal_newlines=True)
        if len(errors.stdout.strip().splitlines()) > 1:
            raise ValueError(errors.stdout)
        return


def main():
    definition = load_definition()
    trace = definition.Trace()
    with open(sys.argv[1], 'rb') as file:
        trace.ParseFromString(file.read())
    unknown = sorted(set(unknown_fields(trace)))
    if unknown:
        raise ValueError('unknown fields: ' + ', '.join(unknown))
    counts = check(trace, definition)
    ask_trace_processor(sys.argv[1])
    print(' '.join('%s %d' % (key, counts[key]) for key in (
        'spans', 'moments', 'samples', 'arrows', 'tracks', 'points')))


if __name__ == '__main__':
    try:
        main()
    except ValueError as error:
        sys.exit('%s: %s' % (sys.argv[1], error))
