"""Models of the workforce: who serves, where she is sent, what is kept, and who reaches which households."""

from shouwang.workforce.models.applications import AgencyList, AgencyListLine, Application, ApplicationStep
from shouwang.workforce.models.attendance import Absence, Attendance, HandoverNote, Strain, Swap
from shouwang.workforce.models.callups import CallUp, Need, Quota
from shouwang.workforce.models.caseloads import Assignment, Caseload, Division
from shouwang.workforce.models.deployments import Deployment, DeploymentPlan
from shouwang.workforce.models.posts import Demand, Post, RosterRules
from shouwang.workforce.models.responders import Agency, Responder
from shouwang.workforce.models.rosters import Roster, Shift, Wish
from shouwang.workforce.models.teams import Team, TeamMember

__all__ = [
    "Absence", "Agency", "AgencyList", "AgencyListLine", "Application", "ApplicationStep", "Assignment", "Attendance",
    "CallUp", "Caseload", "Demand", "Deployment", "DeploymentPlan", "Division", "HandoverNote", "Need", "Post", "Quota",
    "Responder", "Roster", "RosterRules", "Shift", "Strain", "Swap", "Team", "TeamMember", "Wish",
]  # fmt: skip
