// A journal in Python's hands, of dossiers or of accesses: one call at a time, without the interpreter's lock while it
// lasts.
#pragma once

#include "bindings/python/core.hpp"

#include "spie/dossier/identite.hpp"
#include "spie/dossier/journal.hpp"
#include "spie/droits/acces.hpp"

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

namespace spie::python {

template <class Kept> class Held {
public:
  explicit Held(std::unique_ptr<Kept> journal) : journal_(std::move(journal)) {}

  // What `call` does with the journal; nothing of Python may be touched inside.
  template <class Call> auto use(Call &&call) {
    const py::gil_scoped_release release;
    return locked(std::forward<Call>(call));
  }
  // The same, where the interpreter's lock was let go already.
  template <class Call> auto locked(Call &&call) {
    const std::lock_guard<std::mutex> lock(one_at_a_time_);
    if (journal_ == nullptr)
      throw Error(Diagnostic{Code::api_argument, Level::error, "The store is closed.", "store",
                             "Use it inside its with block, or open it again."});
    return call(*journal_);
  }

  void close() {
    const py::gil_scoped_release release;
    const std::lock_guard<std::mutex> lock(one_at_a_time_);
    journal_.reset();
  }

private:
  std::mutex one_at_a_time_;
  std::unique_ptr<Kept> journal_;
};

using HeldStore = Held<dossier::Journal>;
using HeldAcces = Held<droits::JournalAcces>;

// Arguments as texts; each throws Error A001 with the name of the argument.
dossier::Instant to_record(const std::string &text, const char *name);
dossier::Sujet to_subject(const std::string &text, const char *name);
dossier::Connaissance to_known(const std::optional<std::string> &text, const char *name);
// The caller's clock: fixed at an instant, or the system's for None.
dossier::Horloge to_clock(const std::optional<std::string> &fixed);
dossier::Acte to_act(const std::string &author, const std::string &at, py::handle effect, const std::string &reason);

} // namespace spie::python
