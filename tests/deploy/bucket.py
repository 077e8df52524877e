"""Buckets on real S3 servers on loopback, and what is in them."""

import contextlib
import os
import shutil
import tempfile
from concurrent.futures import ThreadPoolExecutor

import boto3
import botocore.config
import botocore.exceptions
import botocore.handlers

from program import KEY, SECRET
from webserver import Server

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
TOOLS = os.path.abspath(os.path.join(ROOT, ".tools"))
OWN = ".dateline/"


class Thing:
    """An object in a bucket."""

    FIELDS = [
        ("type", "ContentType"), ("cache", "CacheControl"), ("encoding", "ContentEncoding"), ("disposition", "ContentDisposition"),
        ("language", "ContentLanguage"), ("redirect", "WebsiteRedirectLocation"), ("metadata", "Metadata"),
    ]

    def __init__(self, answer):
        self.body, self.etag = answer["Body"].read(), answer["ETag"]
        for field, name in self.FIELDS:
            setattr(self, field, answer.get(name) or None)

    def headers(self):
        return {name: getattr(self, field) for field, name in self.FIELDS if getattr(self, field)}

    def __eq__(self, other):
        return (self.body, self.headers()) == (other.body, other.headers())

    def __repr__(self):
        return f"{len(self.body)} bytes, {self.headers()}"


class Bucket:
    """A bucket, looked at past all proxies."""

    def __init__(self, store, name):
        self.store, self.name, self.client = store, name, store.client()

    def keys(self):
        """Sizes by key."""
        pages = self.client.get_paginator("list_objects_v2").paginate(Bucket=self.name)
        return {entry["Key"]: entry["Size"] for page in pages for entry in page.get("Contents", [])}

    def get(self, key):
        """An object, or None."""
        try:
            return Thing(self.client.get_object(Bucket=self.name, Key=key))
        except botocore.exceptions.ClientError as error:
            if error.response["ResponseMetadata"]["HTTPStatusCode"] == 404:
                return None
            raise

    def put(self, key, body, **headers):
        self.client.put_object(Bucket=self.name, Key=key, Body=body, **headers)

    def delete(self, *keys):
        for first in range(0, len(keys), 1000):
            gone = [{"Key": key} for key in keys[first : first + 1000]]
            self.client.delete_objects(Bucket=self.name, Delete={"Objects": gone, "Quiet": True})

    def things(self, prefix=""):
        """Everything below a prefix, by key without it; Dateline's own objects included."""
        keys = [key for key in self.keys() if key.startswith(prefix)]
        return {key[len(prefix) :]: thing for key, thing in zip(keys, in_threads(self.get, keys)) if thing}

    def restore(self, things):
        """Lets exactly these things be in the bucket."""
        there = [key for key in self.keys() if key not in things]
        if there:
            self.delete(*there)
        in_threads(lambda item: self.put(item[0], item[1].body, **item[1].headers()), things.items())


def in_threads(act, values):
    with ThreadPoolExecutor(4) as pool:
        return list(pool.map(act, values))


def site_of(things):
    """The things that are the site's, without those that Dateline keeps for itself."""
    return {key: thing for key, thing in things.items() if not key.startswith(OWN)}


class Store:
    """A running S3 server."""

    redirects = False

    def __init__(self, port):
        self.port = port
        self.names = 0

    @property
    def endpoint(self):
        return f"http://127.0.0.1:{self.port}"

    def client(self, service="s3", key=KEY, secret=SECRET):
        config = botocore.config.Config(
            s3={"addressing_style": "path"}, retries={"max_attempts": 2}, max_pool_connections=8,
            request_checksum_calculation="when_required", response_checksum_validation="when_required",
        )
        made = boto3.client(
            service, endpoint_url=self.endpoint, region_name="us-east-1", config=config, aws_access_key_id=key, aws_secret_access_key=secret
        )
        # s3s-fs does not encode the keys that it lists when it is asked to, and `%` and `+` would be decoded.
        made.meta.events.unregister("before-parameter-build.s3.ListObjectsV2", botocore.handlers.set_list_objects_encoding_type_url)
        return made

    def bucket(self):
        """A new bucket."""
        self.names += 1
        name = f"briefing-{self.names}"
        self.make(name)
        return Bucket(self, name)

    def make(self, name):
        self.client().create_bucket(Bucket=name)


class Moto(Store):
    """moto: in memory; keeps redirects. Takes any credentials."""

    name, redirects = "moto", True


class Files(Store):
    """s3s-fs: objects are files; checks signatures."""

    name = "s3s-fs"

    def __init__(self, port, root):
        super().__init__(port)
        self.root = root

    def make(self, name):
        os.makedirs(os.path.join(self.root, name))


@contextlib.contextmanager
def moto(**environment):
    program = os.path.join(TOOLS, "deploy", "bin", "moto_server")
    with Server(lambda work, port: [program, "-H", "127.0.0.1", "-p", str(port)], **environment) as running:
        if not running:
            raise SystemExit("moto does not start: run tests/deploy/install.sh")
        yield Moto(running.port)


@contextlib.contextmanager
def files():
    program = os.path.join(TOOLS, "bin", "s3s-fs")
    root = tempfile.mkdtemp()
    command = lambda work, port: [program, "--host", "127.0.0.1", "--port", str(port), "--access-key", KEY, "--secret-key", SECRET, root]
    try:
        with Server(command, RUST_LOG="error") as running:
            if not running:
                raise SystemExit("s3s-fs does not start: run tests/deploy/install.sh")
            yield Files(running.port, root)
    finally:
        shutil.rmtree(root, ignore_errors=True)


STORES = [moto, files]
