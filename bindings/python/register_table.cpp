// Whole tables by the Arrow PyCapsule interface: a stream in, a stream out; no object of Python stands for a row.
#include "bindings/python/arrow_stream.hpp"
#include "bindings/python/held_pack.hpp"
#include "bindings/python/limits.hpp"
#include "bindings/python/prepared.hpp"

#include "rules/table/export.hpp"
#include "spie/pack/table.hpp"
#include "spie/table/table.hpp"

#include <pybind11/stl.h>

#include <cerrno>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <tuple>
#include <utility>
#include <vector>

namespace spie::python {

namespace {

// The reader of a stream may hold the GIL while it waits: other threads run meanwhile.
struct Unlocked {
  PyThreadState *state = PyGILState_Check() != 0 ? PyEval_SaveThread() : nullptr;
  Unlocked() = default;
  Unlocked(const Unlocked &) = delete;
  Unlocked &operator=(const Unlocked &) = delete;
  ~Unlocked() {
    if (state != nullptr)
      PyEval_RestoreThread(state);
  }
};

// Who is told how many rows are answered, and what that, or a signal (Ctrl-C), raised: the rows to come are then not
// answered.
class Watch {
public:
  explicit Watch(py::object progress) : progress_(std::move(progress)), asked_progress_(!progress_.is_none()) {}
  Watch(const Watch &) = delete;
  Watch &operator=(const Watch &) = delete;
  ~Watch() { // whoever releases a stream may not hold the GIL
    if (Py_IsInitialized() == 0) {
      (void)progress_.release();
      (void)raised_.release();
      return;
    }
    const py::gil_scoped_acquire acquire;
    progress_ = {};
    raised_ = {};
  }

  // Under the GIL: throws what was raised.
  void answered(std::int64_t rows) {
    rows_ += rows;
    if (PyErr_CheckSignals() != 0)
      throw py::error_already_set();
    if (!progress_.is_none())
      progress_(rows_);
  }
  // The same from a stream, which cannot throw: false, and what was raised is kept. Signals come to one thread: whoever
  // reads in another one need not wait for the GIL where nobody is told.
  bool told(std::int64_t rows) {
    if (!asked_progress_ && std::this_thread::get_id() != asked_by_)
      return true;
    const py::gil_scoped_acquire acquire;
    try {
      answered(rows);
      return true;
    } catch (py::error_already_set &error) {
      raised_ = error.value();
      fault_ = std::string("the reading was ended by ") + Py_TYPE(raised_.ptr())->tp_name;
      return false;
    }
  }
  const std::string &fault() const noexcept { return fault_; }
  // An exception, or None.
  py::object raised() const { return raised_ ? raised_ : py::none(); }

private:
  py::object progress_, raised_;
  bool asked_progress_;
  std::thread::id asked_by_ = std::this_thread::get_id();
  std::string fault_;
  std::int64_t rows_ = 0;
};

struct WithoutGil {
  Releasing<ArrowArrayStream> inner;
  std::shared_ptr<Watch> watch; // none of answers that are there
  std::mutex one_at_a_time;     // pyarrow lets several threads read one stream, which Arrow leaves to them

  static void give(ArrowArrayStream &out, ArrowArrayStream &inner, std::shared_ptr<Watch> watch) {
    auto held = std::make_unique<WithoutGil>();
    held->inner.held = inner;
    held->watch = std::move(watch);
    inner.release = nullptr;
    out.get_schema = [](ArrowArrayStream *stream, ArrowSchema *schema) {
      ArrowArrayStream &inner = of(stream).inner.held;
      return inner.get_schema(&inner, schema);
    };
    out.get_next = [](ArrowArrayStream *stream, ArrowArray *array) {
      WithoutGil &self = of(stream);
      int code = 0;
      {
        const Unlocked unlocked;
        const std::lock_guard alone(self.one_at_a_time);
        code = self.inner.held.get_next(&self.inner.held, array);
      }
      if (code != 0 || array->release == nullptr || self.watch == nullptr || self.watch->told(array->length))
        return code;
      release(*array);
      return ECANCELED;
    };
    out.get_last_error = [](ArrowArrayStream *stream) {
      WithoutGil &self = of(stream);
      if (self.watch != nullptr && !self.watch->fault().empty())
        return self.watch->fault().c_str();
      return self.inner.held.get_last_error(&self.inner.held);
    };
    out.release = [](ArrowArrayStream *stream) {
      delete &of(stream);
      stream->release = nullptr;
    };
    out.private_data = held.release();
  }
  static WithoutGil &of(ArrowArrayStream *stream) { return *static_cast<WithoutGil *>(stream->private_data); }
};

// Answers that are there, and how their computing ended.
struct Computed {
  table::SchemaData schema;
  std::deque<Releasing<ArrowArray>> batches;
  int code = 0;
  std::string fault;

  static void give(ArrowArrayStream &out, std::unique_ptr<Computed> computed) {
    out.get_schema = [](ArrowArrayStream *stream, ArrowSchema *schema) {
      table::give(*schema, of(stream).schema);
      return 0;
    };
    out.get_next = [](ArrowArrayStream *stream, ArrowArray *array) {
      Computed &self = of(stream);
      *array = {};
      if (self.batches.empty())
        return self.code;
      *array = self.batches.front().held;
      self.batches.front().held.release = nullptr;
      self.batches.pop_front();
      return 0;
    };
    out.get_last_error = [](ArrowArrayStream *stream) {
      const Computed &self = of(stream);
      return self.code == 0 ? nullptr : self.fault.c_str();
    };
    out.release = [](ArrowArrayStream *stream) {
      delete &of(stream);
      stream->release = nullptr;
    };
    out.private_data = computed.release();
  }
  static Computed &of(ArrowArrayStream *stream) { return *static_cast<Computed *>(stream->private_data); }
};

// The answers, until they are handed over; then what their schema was.
struct TableAnswer {
  Releasing<ArrowArrayStream> stream;
  table::SchemaData schema;
  std::shared_ptr<Watch> watch;
  // Why the decision goes row by row: (place, why); none where it goes by columns.
  std::optional<std::pair<std::string, std::string>> by_rows;

  explicit TableAnswer(py::object progress) : watch(std::make_shared<Watch>(std::move(progress))) {}
  std::function<void(const std::string &, const std::string &)> told_by_rows() {
    return [this](const std::string &place, const std::string &why) { by_rows.emplace(place, why); };
  }

  // Rows that were answered one by one, and why, told by whatever thread reads the answer, which may outlive this.
  struct Left {
    std::mutex mutex;
    std::vector<std::tuple<std::string, std::string, std::int64_t>> told;
  };
  std::shared_ptr<Left> left = std::make_shared<Left>();
  std::function<void(const std::string &, const std::string &, std::int64_t)> told_left() const {
    return [left = left](const std::string &place, const std::string &why, std::int64_t rows) {
      const std::lock_guard lock(left->mutex);
      left->told.emplace_back(place, why, rows);
    };
  }

  void ready() {
    Releasing<ArrowSchema> given;
    if (stream.held.get_schema(&stream.held, &given.held) != 0)
      throw std::bad_alloc();
    schema = table::copied(given.held);
  }

  // Of a table in memory: asks all of it now. What goes wrong is told when the answers are read; what telling of the
  // rows raises, or Ctrl-C, at once.
  void compute() {
    auto computed = std::make_unique<Computed>();
    computed->schema = schema;
    while (true) {
      computed->batches.emplace_back();
      ArrowArray &batch = computed->batches.back().held;
      computed->code = without_gil([&] { return stream.held.get_next(&stream.held, &batch); });
      if (computed->code == 0 && batch.release != nullptr) {
        watch->answered(batch.length);
        continue;
      }
      computed->batches.pop_back();
      if (const char *fault = computed->code == 0 ? nullptr : stream.held.get_last_error(&stream.held))
        computed->fault = fault;
      break;
    }
    stream.held.release(&stream.held);
    Computed::give(stream.held, std::move(computed));
    watch = nullptr;
  }
};

table::Options read_options(const std::vector<std::string> &keep, bool ignore, const std::string &prefix, int scale,
                            bool rule, bool reason, std::vector<std::int64_t> words, int threads,
                            const AskedLimits &schema) {
  table::Options options;
  options.garder = keep;
  options.ignorer = ignore;
  options.prefixe = prefix;
  options.echelle = scale;
  options.regle = rule;
  options.motif = reason;
  options.mots = std::move(words);
  options.threads = threads;
  options.schema = to_load_limits(schema);
  return options;
}

} // namespace

void register_table(py::module_ &module) {
  py::class_<TableAnswer, std::unique_ptr<TableAnswer>>(module, "TableAnswer", "The answers of a table.")
      .def_property_readonly("columns",
                             [](const TableAnswer &self) {
                               std::vector<std::string> names;
                               for (const table::SchemaData &column : self.schema.children)
                                 names.push_back(column.name);
                               return names;
                             })
      .def("schema",
           [](const TableAnswer &self) {
             auto schema = std::make_unique<ArrowSchema>();
             table::give(*schema, self.schema);
             return capsule_of(schema.release(), schema_name);
           })
      .def_property_readonly("by_rows", [](const TableAnswer &self) { return self.by_rows; })
      .def("take_left",
           [](TableAnswer &self) {
             const std::lock_guard lock(self.left->mutex);
             return std::exchange(self.left->told, {});
           })
      .def_property_readonly(
          "raised", [](const TableAnswer &self) { return self.watch == nullptr ? py::none() : self.watch->raised(); })
      .def("compute", &TableAnswer::compute)
      .def("stream", [](TableAnswer &self) {
        if (self.stream.held.release == nullptr)
          throw Error(Diagnostic{Code::table_stream, Level::error, "The answers were handed over already.", "table"});
        auto stream = std::make_unique<ArrowArrayStream>();
        WithoutGil::give(*stream, self.stream.held, self.watch);
        return capsule_of(stream.release(), stream_name);
      });

  const py::object pack_decision = module.attr("PackDecision");
  const py::object model_decision = module.attr("Decision");
  module.def(
      "evaluate_pack_table",
      [pack_decision](py::handle decision, const py::object &table, const std::string &as_of,
                      const py::dict &parameters, const std::vector<std::string> &keep, bool ignore,
                      const std::string &prefix, int scale, bool rule, bool reason, std::vector<std::int64_t> words,
                      int threads, const AskedLimits &limits, const AskedLimits &schema, py::object progress,
                      bool count) {
        const auto asked = shared_decision<PackDecision>(decision, pack_decision);
        PackTableOptions options{
            read_options(keep, ignore, prefix, scale, rule, reason, std::move(words), threads, schema),
            to_pairs(parameters)};
        if (limits)
          options.limits = to_limits(*limits);
        auto answer = std::make_unique<TableAnswer>(std::move(progress));
        options.rang_par_rang = answer->told_by_rows();
        if (count)
          options.laissees = answer->told_left();
        Releasing<ArrowArrayStream> given;
        take_table(given.held, table);
        without_gil([&] { evaluate_table(answer->stream.held, asked, given.held, as_of, options); });
        answer->ready();
        return answer;
      },
      py::arg("decision"), py::arg("table"), py::arg("as_of"), py::arg("parameters"), py::arg("keep"),
      py::arg("ignore"), py::arg("prefix"), py::arg("scale"), py::arg("rule"), py::arg("reason"), py::arg("words"),
      py::arg("threads"), py::arg("limits"), py::arg("schema"), py::arg("progress"), py::arg("count"));
  module.def(
      "evaluate_table",
      [model_decision](py::handle decision, const py::object &table, py::handle now,
                       const std::vector<std::string> &keep, bool ignore, const std::string &prefix, int scale,
                       bool rule, bool reason, std::vector<std::int64_t> words, int threads, const AskedLimits &limits,
                       const AskedLimits &schema, py::object progress, bool count) {
        const auto asked = shared_decision<dmn::Decision>(decision, model_decision);
        table::Options options =
            read_options(keep, ignore, prefix, scale, rule, reason, std::move(words), threads, schema);
        dmn::EvaluateOptions evaluation;
        evaluation.now = now.is_none() ? system_clock() : to_instant(now); // one instant for all rows
        if (limits)
          evaluation.limits = to_limits(*limits);
        auto answer = std::make_unique<TableAnswer>(std::move(progress));
        options.rang_par_rang = answer->told_by_rows();
        if (count)
          options.laissees = answer->told_left();
        Releasing<ArrowArrayStream> given;
        take_table(given.held, table);
        without_gil([&] { table::evaluate(answer->stream.held, asked, given.held, options, evaluation); });
        answer->ready();
        return answer;
      },
      py::arg("decision"), py::arg("table"), py::arg("now"), py::arg("keep"), py::arg("ignore"), py::arg("prefix"),
      py::arg("scale"), py::arg("rule"), py::arg("reason"), py::arg("words"), py::arg("threads"), py::arg("limits"),
      py::arg("schema"), py::arg("progress"), py::arg("count"));
}

} // namespace spie::python
