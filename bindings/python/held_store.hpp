// A store in Python's hands: one call at a time, without the interpreter's lock while it lasts.
#pragma once

#include "core.hpp"

#include "spie/dossier/journal.hpp"

#include <memory>
#include <mutex>
#include <utility>

namespace spie::python {

class HeldStore {
public:
  explicit HeldStore(std::unique_ptr<dossier::Journal> journal) : journal_(std::move(journal)) {}

  // What `call` does with the journal; nothing of Python may be touched inside.
  template <class Call> auto use(Call &&call) {
    const py::gil_scoped_release release;
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
  std::unique_ptr<dossier::Journal> journal_;
};

} // namespace spie::python
