// What evaluations give to Python: spie.Result and spie.PackResult, made at once around the C++ result. Value and
// status are made objects of Python with them, what else they tell when it is asked for.
#pragma once

#include "bindings/python/core.hpp"

#include "spie/pack/pack.hpp"

#include <functional>
#include <memory>

namespace spie::python {

py::object give_result(dmn::Result &&result);
py::object give_determined(feel::Value &&value); // a result of which there is no more to tell
py::object give_result(PackResult result);
// The same of a pack that explains it when that is asked for. `traced`: the result once more, with the trace and the
// articles that this one lacks; asked when somebody reads them.
using Traced = std::function<PackResult()>;
py::object give_result(PackResult result, std::shared_ptr<const Pack> pack, Traced traced = {});
const PackResult &to_pack_result(py::handle object); // A001 for anything else

} // namespace spie::python
