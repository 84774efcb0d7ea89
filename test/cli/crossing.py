"""What `law move --rule` is tried with: crossing.py LAW PLAN makes LAW's task a new edition with a rule under which every
open task goes on, and PLAN a plan of two hundred tasks."""

import shutil
import sys

import yaml

DAY = "2026-04-01"


def make(law, plan):
    task = f"{law}/programme/task.procedure.yaml"
    old = open(task).read()
    shutil.copy(task, f"{law}/programme/task.former.yaml")
    open(task, "w").write(old.replace("in_force: { from: 2004-01-01 }", "in_force: { from: %s }" % DAY))
    read = yaml.safe_load(old)
    stages = [s for s in read["stages"] if s not in read["final"]]
    clocks = [c["id"] for c in read["clocks"]]
    open(f"{law}/programme/task-again.transition.yaml", "w").write(
        f"transition: task-again\ntitle: 新版本施行前下达的任务\nprocedure: task\nfrom: {{ before: {DAY} }}\nto: {DAY}\n"
        f"basis: [R258]\nstages: {{ {', '.join(f'{s}: {s}' for s in stages)} }}\n"
        f"clocks: {{ {', '.join(f'{c}: kept' for c in clocks)} }}\n")
    text = open("demo/plan.txt").read()
    more = "".join(f"{n}．按期办结第{n}项工作。（县司法局牵头，长期坚持）\n" for n in range(25, 201))
    head, tail = text.split("\n\n安和县人民政府", 1)
    open(plan, "w").write(head + "\n" + more + "\n安和县人民政府" + tail)


make(sys.argv[1], sys.argv[2])
