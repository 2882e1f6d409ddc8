// Streams and arrays of Arrow, out of the capsules of the PyCapsule interface.
#pragma once

#include "bindings/python/core.hpp"
#include "spie/arrow.h"
#include "spie/diagnostic.hpp"

#include <memory>
#include <string>
#include <utility>

namespace spie::python {

inline constexpr const char *stream_name = "arrow_array_stream";
inline constexpr const char *schema_name = "arrow_schema";
inline constexpr const char *array_name = "arrow_array";

template <class Struct> void release(Struct &held) {
  if (held.release != nullptr)
    held.release(&held);
}

template <class Struct> struct Releasing {
  Struct held{};
  Releasing() = default;
  Releasing(const Releasing &) = delete;
  Releasing &operator=(const Releasing &) = delete;
  ~Releasing() { release(held); }
};

// A capsule that owns the struct.
template <class Struct> py::object capsule_of(Struct *owned, const char *name) {
  PyObject *capsule = PyCapsule_New(owned, name, [](PyObject *self) {
    auto *held = static_cast<Struct *>(PyCapsule_GetPointer(self, PyCapsule_GetName(self)));
    release(*held);
    delete held;
  });
  if (capsule == nullptr) {
    release(*owned);
    delete owned;
    throw py::error_already_set();
  }
  return py::reinterpret_steal<py::object>(capsule);
}

// The struct that a capsule holds, moved out of it.
template <class Struct> void take(Struct &into, py::handle capsule, const char *name) {
  if (PyCapsule_IsValid(capsule.ptr(), name) == 0)
    throw Error(Diagnostic{Code::table_stream, Level::error, "The table gives no capsule '" + std::string(name) + "'.",
                           "table"});
  auto *from = static_cast<Struct *>(PyCapsule_GetPointer(capsule.ptr(), name));
  into = *from;
  from->release = nullptr;
}

// One array as a stream of one batch.
struct OneBatch {
  Releasing<ArrowSchema> schema;
  Releasing<ArrowArray> array;

  static void give(ArrowArrayStream &out, std::unique_ptr<OneBatch> batch) {
    out.get_schema = [](ArrowArrayStream *stream, ArrowSchema *schema) {
      *schema = of(stream).schema.held; // asked once, by the engine
      of(stream).schema.held.release = nullptr;
      return 0;
    };
    out.get_next = [](ArrowArrayStream *stream, ArrowArray *array) {
      *array = of(stream).array.held;
      of(stream).array.held.release = nullptr;
      return 0;
    };
    out.get_last_error = [](ArrowArrayStream * /*stream*/) { return static_cast<const char *>(nullptr); };
    out.release = [](ArrowArrayStream *stream) {
      delete &of(stream);
      stream->release = nullptr;
    };
    out.private_data = batch.release();
  }
  static OneBatch &of(ArrowArrayStream *stream) { return *static_cast<OneBatch *>(stream->private_data); }
};

// What `table` gives: a capsule of a stream, or the pair of capsules of an array.
inline void take_table(ArrowArrayStream &into, py::handle table) {
  if (PyTuple_Check(table.ptr()) == 0)
    return take(into, table, stream_name);
  auto batch = std::make_unique<OneBatch>();
  const auto pair = py::reinterpret_borrow<py::tuple>(table);
  if (pair.size() != 2)
    throw Error(Diagnostic{Code::table_stream, Level::error, "The table gives no pair of capsules.", "table"});
  take(batch->schema.held, pair[0], schema_name);
  take(batch->array.held, pair[1], array_name);
  OneBatch::give(into, std::move(batch));
}

} // namespace spie::python
