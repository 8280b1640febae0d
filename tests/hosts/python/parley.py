"""libparley-host for Python: the C structs that a host needs, field by field as in host-sdk/include/parley."""

import ctypes as c
import traceback

BACKOFFICE, STOREFRONT = 1, 2  # PARLEY_APPLICATION_*
NONE, USER, GLOBAL = 0, 1, 5  # PARLEY_LEVEL_*
RECORD, IS_USER, IS_CUSTOMER, IS_CUSTOMER_USER = 1, 2, 4, 8  # PARLEY_TRAIT_*
LIST, GET = 1, 2  # PARLEY_ACTION_*
TITLE = 0x100  # PARLEY_FIELD_TITLE
EXISTS, HAS_PAGE = 1, 2  # PARLEY_RECORD_*
NO_DEADLINE = 2**63 - 1
INTERNAL = 19  # PARLEY_INTERNAL
P, VOID, SIZE, U32 = c.POINTER, c.c_void_p, c.c_size_t, c.c_uint32


class Str(c.Structure):
    """parley_str: bytes and their number."""
    _fields_ = [("data", P(c.c_char)), ("length", SIZE)]

    def __init__(self, text=""):
        data = text if isinstance(text, bytes) else text.encode()
        super().__init__(c.cast(c.c_char_p(data), P(c.c_char)), len(data))

    def __bytes__(self):
        return self.data[:self.length] if self.length else b""

    def __str__(self):
        return bytes(self).decode()


class Ref(c.Structure):
    _fields_ = [("type", Str), ("id", Str)]

    def __init__(self, kind="", key=""):
        super().__init__(Str(kind), Str(key))


def guarded(function):
    """A callback that lets no exception out: PARLEY_INTERNAL instead, and the traceback on stderr."""
    def call(*arguments):
        try:
            return function(*arguments) or 0
        except Exception:
            traceback.print_exc()
            return INTERNAL
    return call


class Sized(c.Structure):
    """A struct that states its size. Texts may be given as str, functions as Python's."""

    def __init__(self, **values):
        super().__init__(size=c.sizeof(self))
        for name, value in values.items():
            if isinstance(value, (str, bytes)):
                value = Str(value)
            elif callable(value):
                value = dict(self._fields_)[name](guarded(value))
            setattr(self, name, value)


def struct(name, fields, **types):
    """fields: "name:type ..." behind `size`; a type is one of the short names, or of `types`."""
    types |= {"u32": U32, "i32": c.c_int32, "i64": c.c_int64, "u64": c.c_uint64, "n": SIZE, "ptr": VOID, "str": Str,
              "ref": Ref}
    pairs = [field.split(":") for field in fields.split()]
    return type(name, (Sized,), {"_fields_": [("size", U32), *((field, types[kind]) for field, kind in pairs)]})


def function(*arguments, result=c.c_int32):
    return c.CFUNCTYPE(result, *arguments)


Call = struct("Call", "application:u32 time_left_us:i64 actor:ref organization:str website:str locale:str time_zone:str "
              "request_id:str trace_parent:str idempotency_key:str host_context:ptr cancelled:ptr")
Error = struct("Error", "status:i32 code:str detail:str pointer:str parameter:str meta:str")
ErrorSink = struct("ErrorSink", "reserved0:u32 context:ptr report:report", report=function(VOID, P(Error), result=None))

Document = struct("Document", "related_size:u32 version:u64 ref:ref json:str cursor:str related:ptr related_count:n")
ResultSink = struct("ResultSink", "reserved0:u32 context:ptr document:document page:ptr meta:ptr",
                    document=function(VOID, P(Document)))
Get = struct("Get", "flags:u32 ids:ids id_count:n fields:ptr field_count:n", ids=P(Str))
Attribute = struct("Attribute", "type:u32 flags:u32 applications:u32 name:str label:str")
Entity = struct("Entity", "traits:u32 backoffice_actions:u32 storefront_actions:u32 attribute_size:u32 "
                "relationship_size:u32 operation_size:u32 permission_size:u32 default_page_size:u32 reserved0:u32 "
                "type:str label:str plural_label:str icon:str attributes:attributes attribute_count:n "
                "relationships:ptr relationship_count:n operations:ptr operation_count:n permissions:ptr "
                "permission_count:n gate:ptr default_sort:str view_element:str form_element:str context:ptr query:query "
                "get_many:get_many count:ptr create:ptr update:ptr remove:ptr remove_many:ptr change_relationship:ptr "
                "invoke:ptr", attributes=P(Attribute), query=function(VOID, P(Call), VOID, P(ResultSink), VOID),
                get_many=function(VOID, P(Call), P(Get), P(ResultSink), VOID))
Registry = struct("Registry", "reserved0:u32 add_entity:add", add=function(VOID, P(Entity), VOID))  # and more

ScopeRequest = struct("ScopeRequest", "reserved0:u32 subject:str permission:str listener:ptr")
Scope = struct("Scope", "level:u32 version:u64 organization:str units:ptr unit_count:n customers:ptr customer_count:n "
               "customer:ref")
ScopeSink = struct("ScopeSink", "reserved0:u32 context:ptr put:put", put=function(VOID, SIZE, P(Scope)))
Access = struct("Access", "flags:u32 scopes:scopes visible:visible",
                scopes=function(VOID, P(Call), VOID, SIZE, U32, P(ScopeSink), VOID),
                visible=function(VOID, P(Call), P(Ref), SIZE, P(c.c_uint8), VOID))
Record = struct("Record", "flags:u32 ref:ref title:str full_title:str sort_key:str owner:ref unit:ref customer:ref "
                "customer_user:ref organization:ref website:ref")
RecordSink = struct("RecordSink", "reserved0:u32 context:ptr put:put", put=function(VOID, P(Record)))
Records = struct("Records", "reserved0:u32 resolve:resolve search:ptr",
                 resolve=function(VOID, P(Call), P(Ref), SIZE, P(RecordSink), VOID))

Options = struct("Options", "reserved0:u32 name:str version:str settings:str context:ptr get_extension:get "
                 "security_schemes:str", get=function(VOID, P(Str), result=VOID))
Work = function(VOID, VOID, P(Registry), VOID)
Header = type("Header", (c.Structure,), {"_fields_": [("name", Str), ("value", Str)]})
HttpRequest = struct("HttpRequest", "reserved0:u32 method:str base:str path:str query:str headers:headers "
                     "header_count:n body:str", headers=P(Header))
HttpSink = struct("HttpSink", "reserved0:u32 context:ptr begin:begin write:write",
                  begin=function(VOID, U32, P(Header), SIZE), write=function(VOID, VOID, SIZE))
Asset = struct("Asset", "kind:u32 path:str content_type:str etag:str bytes:str")
AssetSink = struct("AssetSink", "reserved0:u32 context:ptr put:put", put=function(VOID, P(Asset)))
